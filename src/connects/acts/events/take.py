"""What is next for an endpoint: deliveries that are due, and then what the feed has after its place.

The feed itself is the queue. A delivery's row is written when the event is about to be sent, and is
claimed from the start. Where the order is by account, an event waits while another of its account is
under way or put off; it holds up no other account's. Whoever takes holds the endpoint's row meanwhile, so
no two senders take events of one account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, QuerySet

from connects.acts.deliveries.queue import claim
from connects.acts.events.deliver import SCHEDULE
from connects.acts.events.parcels import Parcel, parcels_of
from connects.market.events.feed import Place, feed_page
from connects.market.events.models import (
    DeliveryState,
    FeedEvent,
    Ordering,
    WebhookDelivery,
    WebhookEndpoint,
)
from connects.market.many_rows import new_row, save_new

Claimed = tuple[WebhookDelivery, Place]

IN_ORDER = F("position") + 0
"""Not the column itself: PostgreSQL would read all that were ever sent, in the order of its index."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be sent now, in the order of the feed, and how many more of it have to wait."""

    parcels: list[Parcel]
    waiting: int = 0


def take_parcels(endpoint: WebhookEndpoint, most: int, head: int, now: datetime) -> Taken:
    """Claim what is next for an endpoint; `head` is how far the feed goes."""
    is_due = _is_due(endpoint, now)
    if not is_due and endpoint.position >= head:
        return Taken([])
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update(skip_locked=True)
        locked = rows.filter(pk=endpoint.pk, disabled=None).first()
        if locked is None:
            return Taken([])
        claimed = _claim_due(locked, most, now) if is_due else []
        new, waiting = list[Claimed](), 0
        if len(claimed) < most and locked.position < head:
            new, waiting = _enqueue_next(locked, most - len(claimed), now)
    return Taken(parcels_of([*claimed, *new], locked, now), waiting)


def _waiting(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)


def _is_due(endpoint: WebhookEndpoint, now: datetime) -> bool:
    """Whether the one that is due first is. Asked for any that is, PostgreSQL would look at all."""
    first = _waiting(endpoint).order_by("next_try", "id").values_list("next_try", flat=True).first()
    return first is not None and first <= now


def _claim_due(endpoint: WebhookEndpoint, most: int, now: datetime) -> list[Claimed]:
    rows = WebhookDelivery.objects.filter(endpoint=endpoint).order_by(IN_ORDER, "id")
    if endpoint.ordering == Ordering.ACCOUNT:
        # What waits behind one that is put off was never tried.
        put_off = _waiting(endpoint).filter(tries__gt=0, next_try__gt=now)
        rows = rows.exclude(account__in=put_off.values("account"))
    claimed = claim(rows, SCHEDULE, most, now)
    events = FeedEvent.objects.in_bulk({each.row for each in claimed if each.row is not None})
    return [
        (each, Place(each.position, events[each.row]))
        for each in claimed
        if each.position is not None and each.row in events
    ]


def _enqueue_next(endpoint: WebhookEndpoint, most: int, now: datetime) -> tuple[list[Claimed], int]:
    """Those that are claimed at once, and how many have to wait.

    What was enqueued before (a replay) is delivered again, like all else that is due.
    """
    page = feed_page(endpoint.position, most, endpoint.types)
    again = _enqueue_again(endpoint, page.places, now)
    places = [place for place in page.places if place.position not in again]
    held_up = _held_up(endpoint, places)
    claimed, waiting = list[Claimed](), list[WebhookDelivery]()
    for place in places:
        until = held_up.get(place.row.account or 0)
        if until is not None:
            # Until the one that holds it up is due, it is looked at no more.
            waiting.append(_delivery(endpoint, place, now, next_try=max(until, now)))
        else:
            claimed.append((_delivery(endpoint, place, now, tries=1), place))
    save_new([row for row, _ in claimed])
    save_new(waiting)
    endpoint.position = page.position
    endpoint.save(update_fields=["position"])
    return claimed, len(page.places) - len(claimed)


def _enqueue_again(
    endpoint: WebhookEndpoint, places: Sequence[Place], now: datetime
) -> set[int | None]:
    """The positions of those of which there is a delivery, which is due once more."""
    if not places:
        return set()
    first, last = places[0].position, places[-1].position
    rows = endpoint.deliveries.filter(position__range=(first, last))
    again = set(rows.values_list("position", flat=True))
    again.intersection_update(place.position for place in places)
    if again:
        rows.filter(position__in=again).update(
            state=DeliveryState.WAITING, tries=0, error="", next_try=now, enqueued=now
        )
    return again


def _held_up(endpoint: WebhookEndpoint, places: Sequence[Place]) -> dict[int, datetime]:
    """The accounts of which something has to arrive first, and when the last of it is due."""
    if endpoint.ordering == Ordering.NONE or not places:
        return {}
    accounts = {place.row.account or 0 for place in places}
    waiting = _waiting(endpoint).filter(account__in=accounts).values("account")
    return dict(waiting.annotate(due=Max("next_try")).values_list("account", "due"))


def _delivery(
    endpoint: WebhookEndpoint,
    place: Place,
    now: datetime,
    tries: int = 0,
    next_try: datetime | None = None,
) -> WebhookDelivery:
    return new_row(
        WebhookDelivery,
        {
            "endpoint_id": endpoint.pk,
            "event": place.event_id,
            "type": place.row.type,
            "position": place.position,
            "row": place.row.position,
            "account": place.row.account or 0,
            "enqueued": now,
            "tries": tries,
            "next_try": next_try or SCHEDULE.until(tries, now),
        },
    )
