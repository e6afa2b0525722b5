"""Parts of addresses: what does not look like a name of ours is no page, before anyone looks."""

from __future__ import annotations

from connects.market.public_ids import PUBLIC_ID


class PublicId:
    """The public name of a job, a proposal or a purchase."""

    regex = PUBLIC_ID

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
