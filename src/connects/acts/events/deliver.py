"""Deliveries: events of the feed on their way to endpoints.

Each endpoint has its own place in the feed, and what stands after it is enqueued for it. Where its
order is by account, an account's event waits until those before it have arrived or are dead, and holds
up no other account's. An endpoint that fails gets one try at a time, so that it holds up nobody.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from connects import __version__
from connects.acts.deliveries.queue import Schedule, claim
from connects.acts.events.disable_endpoint import disable
from connects.acts.events.send import Answer
from connects.acts.events.sign import signed_headers
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import Place, feed_page, feed_position
from connects.market.events.models import (
    DeliveryState,
    FeedEvent,
    Ordering,
    WebhookDelivery,
    WebhookEndpoint,
)
from connects.market.many_rows import new_row, save_columns, save_new
from connects.vocabulary.event_types import ENDPOINT_TEST

BACK_OFF = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, *(hours * 3_600 for hours in (2, 5, 10, 14, 20, 24)))
)
SCHEDULE = Schedule(BACK_OFF, held=timedelta(minutes=1))
JITTER = 0.1
"""How much longer a wait may be, as a share: receivers that come back are not all met at once."""
FAILING_MOST = timedelta(days=5)
ENQUEUED_AT_ONCE = 500
GONE = 410
TOO_MANY = 429
UNAVAILABLE = 503
NOTED = ("state", "tries", "next_try", "tried", "status", "answer", "took_ms", "error")


def enqueue_deliveries(endpoints: Collection[int], now: datetime) -> int:
    """Enqueue for these endpoints what the feed has after their places; return how many there were.

    What had been enqueued before (a replay) is delivered again.
    """
    behind = WebhookEndpoint.objects.filter(
        pk__in=endpoints, disabled=None, position__lt=feed_position()
    )
    return sum(_enqueue(number, now) for number in behind.values_list("pk", flat=True))


def _enqueue(number: int, now: datetime) -> int:
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update(skip_locked=True)
        endpoint = rows.filter(pk=number, disabled=None).first()
        if endpoint is None:
            return 0
        page = feed_page(endpoint.position, ENQUEUED_AT_ONCE, endpoint.types)
        again = {"state": DeliveryState.WAITING, "tries": 0, "error": ""}
        again |= {"next_try": now, "enqueued": now}
        positions = [place.position for place in page.places]
        endpoint.deliveries.filter(position__in=positions).update(**again)
        save_new(
            [_delivery(endpoint, place, again) for place in page.places], ignore_conflicts=True
        )
        endpoint.position = page.position
        endpoint.save(update_fields=["position"])
        return len(page.places)


def _delivery(
    endpoint: WebhookEndpoint, place: Place, waiting: Mapping[str, Any]
) -> WebhookDelivery:
    values = {
        "endpoint_id": endpoint.pk,
        "event": place.event_id,
        "type": place.row.type,
        "position": place.position,
        "row": place.row.position,
        "account": place.row.account or 0,
    }
    return new_row(WebhookDelivery, {**values, **waiting})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that is claimed, with what is sent."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint
    headers: dict[str, str]
    body: bytes


def claim_deliveries(endpoint: WebhookEndpoint, most: int, now: datetime) -> list[Parcel]:
    """Claim what is due for an endpoint."""
    waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING, next_try__lte=now)
    if not waiting.exists():
        return []
    return _parcels(claim(_next_ones(endpoint), SCHEDULE, most, now), endpoint, now)


def _next_ones(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    rows = WebhookDelivery.objects.filter(endpoint=endpoint)
    if endpoint.ordering == Ordering.NONE:
        return rows
    earlier = WebhookDelivery.objects.filter(
        endpoint=endpoint,
        account=OuterRef("account"),
        state=DeliveryState.WAITING,
        position__lt=OuterRef("position"),
    )
    return rows.filter(~Exists(earlier))


def _parcels(
    claimed: Sequence[WebhookDelivery], endpoint: WebhookEndpoint, now: datetime
) -> list[Parcel]:
    rows = FeedEvent.objects.in_bulk({each.row for each in claimed if each.row is not None})
    places = [
        Place(each.position, rows[each.row])
        for each in claimed
        if each.position is not None and each.row in rows
    ]
    documents = {document["id"]: document for document in event_documents(places)}
    return [
        parcel_of(each, endpoint, documents[each.event], now)
        for each in claimed
        if each.event in documents
    ]


def parcel_of(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, document: object, now: datetime
) -> Parcel:
    """The delivery with its body, signed."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    headers = signed_headers(endpoint, delivery.event, body, now)
    return Parcel(delivery, endpoint, {**headers, "user-agent": f"Connects/{__version__}"}, body)


def note_answers(sent: Sequence[tuple[Parcel, Answer | None]], now: datetime) -> None:
    """Record what came back for parcels of one endpoint; those without an answer were not sent.

    Each has arrived, is retried or dead; the endpoint may be disabled.
    """
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update()
        endpoint = rows.filter(pk=sent[0][0].endpoint.pk).first()
        if endpoint is None:
            return  # it was removed meanwhile
        for parcel, answer in sent:
            _note_answer(parcel.delivery, answer, now)
        save_columns([parcel.delivery for parcel, _ in sent], NOTED)
        if sent[0][0].delivery.type != ENDPOINT_TEST:
            answers = [answer for _, answer in sent if answer is not None]
            _note_health(endpoint, answers, now)


def _note_answer(delivery: WebhookDelivery, answer: Answer | None, now: datetime) -> None:
    if answer is None:
        delivery.tries, delivery.next_try = delivery.tries - 1, now
        return
    delivery.tried, delivery.status = now, answer.status
    delivery.answer, delivery.took_ms = answer.body, answer.took_ms
    delivery.error = answer.error
    if answer.is_taken:
        delivery.state = DeliveryState.SENT
    elif delivery.type == ENDPOINT_TEST or SCHEDULE.is_last(delivery.tries):
        delivery.state = DeliveryState.DEAD
    else:
        delivery.next_try = now + _wait(delivery.tries, answer)


def _wait(tries: int, answer: Answer) -> timedelta:
    jitter = 1 + random.random() * JITTER  # noqa: S311 keeps nothing secret
    asked = answer.retry_after if answer.status in (TOO_MANY, UNAVAILABLE) else None
    return max(SCHEDULE.wait_after(tries) * jitter, asked or timedelta(0))


def _note_health(endpoint: WebhookEndpoint, answers: Sequence[Answer], now: datetime) -> None:
    since = None if any(each.is_taken for each in answers) else endpoint.failing_since
    if not all(each.is_taken for each in answers):
        since = since or now
    if since != endpoint.failing_since:
        endpoint.failing_since = since
        endpoint.save(update_fields=["failing_since"])
    if any(each.status == GONE for each in answers):
        disable(endpoint, "gone", now)
    elif since is not None and now - since >= FAILING_MOST:
        disable(endpoint, "failing", now)
