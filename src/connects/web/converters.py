"""Parts of addresses: what does not look like a name of ours is no page, before anyone looks."""

from __future__ import annotations


class PublicId:
    """The public name of a job, a proposal or a purchase."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
