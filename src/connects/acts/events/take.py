"""What is next for an endpoint: deliveries that are due, and then what the feed has after its place.

The feed itself is the queue. A delivery's row is written when the event is about to be sent, and is
claimed from the start. Where the order is by account, an event waits while another of its account is
in flight or put off (see `turns`); it holds up no other account's. Whoever takes holds the endpoint's row
meanwhile, so no two senders take events of one account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from connects.acts.events.claim_due import Claimed, claim_due, is_due
from connects.acts.events.deliver import SCHEDULE
from connects.acts.events.parcels import Parcel, parcels_of
from connects.acts.events.turns import BEHIND, held_up
from connects.market.events.feed import Place, feed_page
from connects.market.events.models import (
    DeliveryState,
    WebhookDelivery,
    WebhookEndpoint,
)
from connects.market.many_rows import new_row, save_new


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be sent now, each account's in its order, and how many more have to wait."""

    parcels: list[Parcel]
    waiting: int = 0


def take_parcels(endpoint: WebhookEndpoint, most: int, head: int, now: datetime) -> Taken:
    """Claim what is next for an endpoint; `head` is how far the feed goes."""
    has_due = is_due(endpoint, now)
    if not has_due and endpoint.position >= head:
        return Taken([])
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update(skip_locked=True)
        locked = rows.filter(pk=endpoint.pk, disabled=None).first()
        if locked is None:
            return Taken([])
        claimed, behind = claim_due(locked, most, now) if has_due else ([], 0)
        new, held = list[Claimed](), 0
        if len(claimed) < most and locked.position < head:
            new, held = _enqueue_next(locked, most - len(claimed), now)
    return Taken(parcels_of([*claimed, *new], locked, now), behind + held)


def _enqueue_next(endpoint: WebhookEndpoint, most: int, now: datetime) -> tuple[list[Claimed], int]:
    """Those that are claimed at once, and how many have to wait.

    What was enqueued before (a replay) is delivered again, like all else that is due.
    """
    page = feed_page(endpoint.position, most, endpoint.types)
    again = _enqueue_again(endpoint, page.places, now)
    places = [place for place in page.places if place.position not in again]
    accounts = held_up(endpoint, places)
    claimed, behind = list[Claimed](), list[WebhookDelivery]()
    for place in places:
        if (place.row.account or 0) in accounts:
            behind.append(_delivery(endpoint, place, now, next_try=now + BEHIND))
        else:
            claimed.append((_delivery(endpoint, place, now, tries=1), place))
    save_new([row for row, _ in claimed])
    save_new(behind)
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
