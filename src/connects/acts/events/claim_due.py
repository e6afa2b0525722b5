"""Claiming deliveries to an endpoint that are due, in the order that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connects.acts.deliveries.queue import hold
from connects.acts.events.deliver import SCHEDULE
from connects.acts.events.turns import due_with_first, following, put_behind, waiting
from connects.market.events.feed import Place
from connects.market.events.models import FeedEvent, Ordering, WebhookDelivery, WebhookEndpoint

Claimed = tuple[WebhookDelivery, Place]

FOLLOWED_MOST = 8
"""More than one event is taken of so many accounts: as many as there are lanes for them to fill."""


def is_due(endpoint: WebhookEndpoint, now: datetime) -> bool:
    """Whether the one that is due first is. Asked for any that is, PostgreSQL would look at all."""
    first = waiting(endpoint).order_by("next_try", "id").values_list("next_try", flat=True).first()
    return first is not None and first <= now


def claim_due(endpoint: WebhookEndpoint, most: int, now: datetime) -> tuple[list[Claimed], int]:
    """Those that are claimed, and how many turn out to be behind others, after a replay above all."""
    due = due_with_first(endpoint, most, now)
    rows, behind = list(due), dict[WebhookDelivery, int]()
    if endpoint.ordering == Ordering.ACCOUNT:
        firsts = [row for row, first in due.items() if row.pk == first]
        rows = _in_order(endpoint, firsts, most, now)
        behind = {row: due[row] for row in due.keys() - set(rows)}
    hold(rows, SCHEDULE, now)
    put_behind(endpoint, behind, now)
    events = FeedEvent.objects.in_bulk({each.row for each in rows if each.row is not None})
    claimed = [
        (each, Place(each.position, events[each.row]))
        for each in rows
        if each.position is not None and each.row in events
    ]
    return claimed, len(behind)


def _in_order(
    endpoint: WebhookEndpoint, firsts: Sequence[WebhookDelivery], most: int, now: datetime
) -> list[WebhookDelivery]:
    """The first of each account, with what follows those of a few as far as there is room."""
    rows = list(firsts)
    followed = firsts[:FOLLOWED_MOST]
    for at, first in enumerate(followed):
        room = (most - len(rows)) // (len(followed) - at)
        if room > 0:
            rows += following(endpoint, first, room, now)
    return rows
