"""What every source of due work can be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Source(Protocol):
    """Work that falls due.

    A source that cannot finish at once does a batch and leaves the rest due: it is asked again.
    """

    def first_due(self, until: datetime) -> datetime | None:
        """The first instant, at or before `until`, at which there is something to do."""

    def do(self, at: datetime, now: datetime) -> None:
        """Do what is due at `at`, or a batch of it, in the caller's transaction.

        It takes effect at `at`; `now` is when it is really done, and written down as such.
        """
