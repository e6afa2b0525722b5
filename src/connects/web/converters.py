"""Converters for parts of addresses: what does not look like one of our names is no page."""

from __future__ import annotations

from connects.market.public_ids import PUBLIC_ID


class PublicId:
    """The public name of a job, a proposal or a purchase."""

    regex = PUBLIC_ID

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
