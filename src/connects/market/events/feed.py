"""Reading the feed: pages of events after a position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from connects.market.events.models import FeedEvent, FeedHead


@dataclass(frozen=True, slots=True)
class Place:
    """One event of the feed: its position, and the row that it stands in."""

    position: int
    row: FeedEvent

    @property
    def line(self) -> tuple[int, int]:
        """The wallet and number of the line that the event tells."""
        assert self.row.account is not None
        assert self.row.number is not None
        return self.row.account, self.row.number - (self.row.position - self.position)

    @property
    def event_id(self) -> str:
        return event_id(self.position)


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events in the order of their positions. `position` is where the next page begins after."""

    places: list[Place]
    position: int
    has_more: bool


def event_id(position: int) -> str:
    """The name of the event at that position, the same wherever and however often it is told."""
    return f"evt_{position:014x}"


def position_of(event: str) -> int | None:
    """Where the event of that name stands; None for what is none of the feed."""
    named = re.fullmatch(r"evt_([0-9a-f]{14})", event)
    position = int(named[1], 16) if named else 0
    return position if 0 < position <= feed_position() else None


def feed_position() -> int:
    """How far the feed goes."""
    return FeedHead.objects.values_list("position", flat=True).first() or 0


def feed_page(
    after: int, limit: int, types: Sequence[str] = (), account: int | None = None
) -> FeedPage:
    """At most `limit` events after a position: all, or those of these types, or of one account."""
    # Asked first: whatever has come since stands after it.
    end = feed_position()
    rows = FeedEvent.objects.filter(position__gt=after).order_by("position")
    if types:
        rows = rows.filter(type__in=types)
    if account is not None:
        rows = rows.filter(account=account)
    found = (place for row in rows[: limit + 1] for place in _places(row, after))
    places = list(islice(found, limit + 1))
    if len(places) > limit:
        return FeedPage(places[:limit], places[limit - 1].position, has_more=True)
    last = places[-1].position if places else after
    return FeedPage(places, max(end, last), has_more=False)


def _places(row: FeedEvent, after: int) -> Iterator[Place]:
    for position in range(max(row.position - row.lines, after) + 1, row.position + 1):
        yield Place(position, row)
