"""Whose turn it is, where an account's events arrive in their order.

Only the first of what waits for an account is due, and the rest is behind it: nobody looks at that until
the first one has arrived or is dead, which makes the next one due. So what a claim reads and writes is as
much as it takes, whether ten deliveries wait or a million, for one account or for all of them.

All of this is done while the endpoint's row is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from connects.market.events.feed import Place
from connects.market.events.models import (
    DeliveryState,
    FeedEvent,
    Ordering,
    WebhookDelivery,
    WebhookEndpoint,
)
from connects.market.many_rows import save_columns

BEHIND = timedelta(days=4)
"""Longer than all the tries of one delivery. What is behind is looked at by then, whatever became of the
one before."""


def waiting(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """The deliveries to an endpoint that are not over."""
    return WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)


def due_with_first(
    endpoint: WebhookEndpoint, most: int, now: datetime
) -> dict[WebhookDelivery, int]:
    """What is due, the longest first, each with the number of the first that waits of its account."""
    due = waiting(endpoint).filter(next_try__lte=now).order_by("next_try", "id")
    rows = due.annotate(first=_first_of(endpoint, OuterRef("account")))[:most]
    return {row: row.first for row in rows}


def following(
    endpoint: WebhookEndpoint, first: WebhookDelivery, most: int, now: datetime
) -> list[WebhookDelivery]:
    """What comes right after the first of an account, up to what is in flight or put off."""
    after = waiting(endpoint).filter(account=first.account, position__gt=first.position)
    rows = list(after.order_by("position")[:most])
    busy = (at for at, row in enumerate(rows) if row.tries and row.next_try > now)
    return rows[: next(busy, len(rows))]


def put_behind(
    endpoint: WebhookEndpoint, first_of: Mapping[WebhookDelivery, int], now: datetime
) -> None:
    """Let deliveries wait for the first of their account, which goes if it was never tried.

    It was not due where a replay put it before one that had to be tried again.
    """
    for row in first_of:
        row.next_try = now + BEHIND
    save_columns(list(first_of), ["next_try"])
    if first_of:
        _make_due(waiting(endpoint).filter(tries=0), first_of.values(), now)


def let_next_go(
    endpoint: WebhookEndpoint, settled: Iterable[WebhookDelivery], now: datetime
) -> None:
    """Make the first due that waits of each account of these deliveries."""
    one_of_each = {row.account: row.pk for row in settled}
    if endpoint.ordering == Ordering.NONE or not one_of_each:
        return
    rows = WebhookDelivery.objects.filter(pk__in=one_of_each.values())
    firsts = rows.values_list(_first_of(endpoint, OuterRef("account")), flat=True)
    _make_due(waiting(endpoint), firsts, now)


def _make_due(rows: QuerySet[WebhookDelivery], ids: Iterable[int], now: datetime) -> None:
    rows.filter(pk__in=set(ids), next_try__gt=now).update(next_try=now)


def held_up(endpoint: WebhookEndpoint, places: Sequence[Place]) -> set[int]:
    """The accounts of which something has to arrive before these."""
    if endpoint.ordering == Ordering.NONE or not places:
        return set()
    one_of_each = {place.row.account: place.row.position for place in places}
    rows = FeedEvent.objects.filter(pk__in=one_of_each.values())
    first = _first_of(endpoint, Coalesce(OuterRef("account"), 0))
    return {
        account or 0 for account, found in rows.values_list("account", first) if found is not None
    }


def those_behind(endpoint: WebhookEndpoint, rows: Sequence[WebhookDelivery]) -> set[int]:
    """The numbers of those of these deliveries that wait for one before them."""
    if endpoint.ordering == Ordering.NONE:
        return set()
    found = waiting(endpoint).filter(pk__in=[row.pk for row in rows])
    firsts = found.values_list("pk", _first_of(endpoint, OuterRef("account")))
    return {number for number, first in firsts if first != number}


def _first_of(endpoint: WebhookEndpoint, account: OuterRef | Coalesce) -> Subquery:
    """The first that waits of an account: a single look at an index, unlike the least of all."""
    rows = waiting(endpoint).filter(account=account, position__isnull=False)
    return Subquery(rows.order_by("position").values("pk")[:1])
