"""What becomes of deliveries: each has arrived, is retried, or is dead.

An endpoint that fails gets one try at a time, so that it holds up nobody.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.deliveries.queue import Schedule
from connects.acts.events.disable_endpoint import disable
from connects.acts.events.parcels import Parcel
from connects.acts.events.send import Answer
from connects.acts.events.turns import BEHIND, let_next_go
from connects.market.events.models import DeliveryState, Ordering, WebhookDelivery, WebhookEndpoint
from connects.market.many_rows import save_columns
from connects.vocabulary.event_types import ENDPOINT_TEST

BACK_OFF = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, *(hours * 3_600 for hours in (2, 5, 10, 14, 20, 24)))
)
SCHEDULE = Schedule(BACK_OFF, held=timedelta(minutes=1))
JITTER = 0.1
"""How much longer a wait may be, as a share: receivers that come back are not all met at once."""
FAILING_MOST = timedelta(days=5)
GONE = 410
TOO_MANY = 429
UNAVAILABLE = 503
NOTED = ("state", "tries", "next_try", "tried", "status", "answer", "took_ms", "error")


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
            if answer is None:
                _give_back(parcel.delivery, endpoint.ordering, now)
            else:
                _note_answer(parcel.delivery, answer, now)
        save_columns([parcel.delivery for parcel, _ in sent], NOTED)
        let_next_go(endpoint, _settled(sent), now)
        if sent[0][0].delivery.type != ENDPOINT_TEST:
            answers = [answer for _, answer in sent if answer is not None]
            _note_health(endpoint, answers, now)


def _settled(sent: Sequence[tuple[Parcel, Answer | None]]) -> list[WebhookDelivery]:
    """Those of accounts of which none is put off: all have arrived, are dead, or were given back."""
    put_off = {
        parcel.delivery.account
        for parcel, answer in sent
        if answer is not None and parcel.delivery.state == DeliveryState.WAITING
    }
    rows = [parcel.delivery for parcel, _ in sent]
    return [each for each in rows if each.account not in put_off]


def _give_back(delivery: WebhookDelivery, ordering: str, now: datetime) -> None:
    """It is behind what was sent before it, until that is seen to be over, and was not tried."""
    is_behind = ordering == Ordering.ACCOUNT
    delivery.tries, delivery.next_try = delivery.tries - 1, now + BEHIND if is_behind else now


def _note_answer(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
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
