"""Deliveries: events of the feed on their way to endpoints.

Each endpoint has its own place in the feed, and what stands after it is enqueued for it. Where its
order is by account, an account's event waits until those before it have arrived or are dead, and holds
up no other account's. An endpoint that fails gets one try at a time, so that it holds up nobody.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from connects import __version__
from connects.acts.deliveries.queue import Schedule, claim
from connects.acts.events.disable_endpoint import disable
from connects.acts.events.send import Answer, send_webhook
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
IN_FLIGHT_MOST = 8
THREADS = 32
GONE = 410
TOO_MANY = 429
UNAVAILABLE = 503

Send = Callable[[str, Mapping[str, str], bytes], Answer]


def enqueue_deliveries(now: datetime) -> int:
    """Enqueue for each endpoint what the feed has after its place; return how many there were.

    What had been enqueued before (a replay) is delivered again.
    """
    end = feed_position()
    behind = WebhookEndpoint.objects.filter(disabled=None, position__lt=end)
    return sum(_enqueue(number, now) for number in behind.values_list("pk", flat=True))


def _enqueue(number: int, now: datetime) -> int:
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update(skip_locked=True)
        endpoint = rows.filter(pk=number, disabled=None).first()
        if endpoint is None:
            return 0
        page = feed_page(endpoint.position, ENQUEUED_AT_ONCE, endpoint.types)
        WebhookDelivery.objects.bulk_create(
            [_delivery(endpoint, place, now) for place in page.places],
            update_conflicts=True,
            unique_fields=["endpoint", "position"],
            update_fields=["state", "tries", "next_try", "error", "enqueued"],
        )
        endpoint.position = page.position
        endpoint.save(update_fields=["position"])
        return len(page.places)


def _delivery(endpoint: WebhookEndpoint, place: Place, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint=endpoint,
        event=place.event_id,
        type=place.row.type,
        position=place.position,
        row=place.row.position,
        account=place.row.account or 0,
        next_try=now,
        enqueued=now,
    )


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that is claimed, with what is sent."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint
    headers: dict[str, str]
    body: bytes


def claim_deliveries(now: datetime, in_flight: Mapping[int, int]) -> list[Parcel]:
    """Claim what is due, for each endpoint as many as it may have in flight."""
    claimed = []
    for endpoint in WebhookEndpoint.objects.filter(disabled=None):
        most = 1 if endpoint.failing_since else IN_FLIGHT_MOST
        room = most - in_flight.get(endpoint.pk, 0)
        if room > 0 and _has_due(endpoint, now):
            claimed += claim(_next_ones(endpoint), SCHEDULE, room, now)
    return _parcels(claimed, now)


def _has_due(endpoint: WebhookEndpoint, now: datetime) -> bool:
    waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING, next_try__lte=now)
    return waiting.exists()


def _next_ones(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    rows = WebhookDelivery.objects.filter(endpoint=endpoint).select_related("endpoint")
    if endpoint.ordering == Ordering.NONE:
        return rows
    earlier = WebhookDelivery.objects.filter(
        endpoint=endpoint,
        account=OuterRef("account"),
        state=DeliveryState.WAITING,
        position__lt=OuterRef("position"),
    )
    return rows.filter(~Exists(earlier))


def _parcels(claimed: Sequence[WebhookDelivery], now: datetime) -> list[Parcel]:
    rows = FeedEvent.objects.in_bulk({each.row for each in claimed if each.row is not None})
    places = [
        Place(each.position, rows[each.row])
        for each in claimed
        if each.position is not None and each.row in rows
    ]
    documents = {document["id"]: document for document in event_documents(places)}
    return [
        parcel_of(each, each.endpoint, documents[each.event], now)
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


def note_answer(parcel: Parcel, answer: Answer, now: datetime) -> None:
    """Record what came back: it has arrived, is retried or dead; its endpoint may be disabled."""
    delivery = parcel.delivery
    with transaction.atomic():
        rows = WebhookEndpoint.objects.select_for_update()
        endpoint = rows.filter(pk=parcel.endpoint.pk).first()
        if endpoint is None:
            return  # it was removed meanwhile
        delivery.tried, delivery.status = now, answer.status
        delivery.answer, delivery.took_ms = answer.body, answer.took_ms
        delivery.error = answer.error
        if answer.is_taken:
            delivery.state = DeliveryState.SENT
        elif delivery.type == ENDPOINT_TEST or SCHEDULE.is_last(delivery.tries):
            delivery.state = DeliveryState.DEAD
        else:
            delivery.next_try = now + _wait(delivery.tries, answer)
        delivery.save()
        if delivery.type != ENDPOINT_TEST:
            _note_health(endpoint, answer, now)


def _wait(tries: int, answer: Answer) -> timedelta:
    jitter = 1 + random.random() * JITTER  # noqa: S311 keeps nothing secret
    asked = answer.retry_after if answer.status in (TOO_MANY, UNAVAILABLE) else None
    return max(SCHEDULE.wait_after(tries) * jitter, asked or timedelta(0))


def _note_health(endpoint: WebhookEndpoint, answer: Answer, now: datetime) -> None:
    if answer.is_taken:
        if endpoint.failing_since is not None:
            endpoint.failing_since = None
            endpoint.save(update_fields=["failing_since"])
        return
    if endpoint.failing_since is None:
        endpoint.failing_since = now
        endpoint.save(update_fields=["failing_since"])
    if answer.status == GONE:
        disable(endpoint, "gone", now)
    elif now - endpoint.failing_since >= FAILING_MOST:
        disable(endpoint, "failing", now)


class Deliverer:
    """Sends what is due, on threads of its own, which do nothing but wait for receivers."""

    def __init__(self, send: Send = send_webhook, threads: int = THREADS) -> None:
        self._send = send
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="webhook")
        self._sent: dict[Future[Answer], Parcel] = {}

    def turn(self, now: datetime) -> int:
        """Note what came back, and send what is due; return how many of both there were."""
        noted = self._note_answers(now)
        enqueue_deliveries(now)
        parcels = claim_deliveries(now, self._in_flight())
        for parcel in parcels:
            sent = self._pool.submit(self._send, parcel.endpoint.url, parcel.headers, parcel.body)
            self._sent[sent] = parcel
        return noted + len(parcels)

    def settle(self, now: datetime) -> int:
        """Take turns until nothing is due and nothing is in flight; return how many were sent."""
        count = 0
        while self.turn(now) or self._sent:
            wait(self._sent)
            count += self._note_answers(now)
        return count

    def close(self) -> None:
        """Send no more. What is in flight is claimed, and the next worker sends it again."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _in_flight(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for parcel in self._sent.values():
            counts[parcel.endpoint.pk] = counts.get(parcel.endpoint.pk, 0) + 1
        return counts

    def _note_answers(self, now: datetime) -> int:
        done = [future for future in self._sent if future.done()]
        for future in done:
            note_answer(self._sent.pop(future), future.result(), now)
        return len(done)
