"""`run(until)`: everything that is due by an instant happens, in time order.

Each source is asked once a turn for the first instant at which it has something to do. The earliest
source then does a batch of its work, up to the instant at which another source has something to do,
and each thing takes effect at its own instant. So a year that passes at once (a scenario, a worker
that was down) leaves the same history as one that passes second by second, and a hundred thousand
wallets that fall due one after another are not a hundred thousand transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from connects.acts.events.publish import publish_events
from connects.acts.notices.outbox import deliver_outbox
from connects.due.sources import SOURCES, Source

_JUST_BEFORE = timedelta(microseconds=1)

Progress = Callable[[int, datetime], None]


def run(
    until: datetime,
    sources: Sequence[Source] = tuple(SOURCES.values()),
    progress: Progress | None = None,
) -> int:
    """Do everything that is due by `until` (UTC); return how many turns that took.

    `progress` is called with the number of turns and the instant reached.
    """
    turns = 0
    while True:
        firsts = [source.next_due(until) for source in sources]
        due = [(at, place) for place, at in enumerate(firsts) if at is not None]
        if not due:
            break
        at, place = min(due)
        sources[place].do_due(_horizon(due, place, until), until)
        turns += 1
        if progress is not None:
            progress(turns, at)
    while deliver_outbox(until) or publish_events():
        turns += 1
    return turns


def _horizon(due: Sequence[tuple[datetime, int]], place: int, until: datetime) -> datetime:
    """How far the source at `place` may go: at one instant, those before it in the list go first."""
    others = [at if place < other else at - _JUST_BEFORE for at, other in due if other != place]
    return min([until, *others])
