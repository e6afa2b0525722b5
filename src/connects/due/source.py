"""What every source of due work can be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Source(Protocol):
    """Work that falls due.

    A source that cannot finish at once does a batch and leaves the rest due: it is asked again. Its
    answers come from an index, so that they cost the same however many accounts there are.
    """

    def first_due(self, until: datetime) -> datetime | None:
        """The first instant, at or before `until`, at which there is something to do."""

    def do(self, until: datetime, now: datetime) -> None:
        """Do a batch of what is due by `until`, each thing at its own instant.

        No other source has anything to do before `until`. `now` is when it is really done, and
        written down as such. The source opens its transactions itself, since some of the work takes
        money between two of them.
        """
