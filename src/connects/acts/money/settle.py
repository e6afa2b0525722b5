"""Settle a payment: book what the provider says, once.

Four callers bring the provider's answer: the request itself, the payer's return, a webhook, the worker.
All end here, and the payment's row lock lets the first one in. A member who has paid gets what they
paid for, even after we had given the payment up; an amount that differs brings nothing. Money that came
after its payer had cancelled goes back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from connects.acts.money.issue_document import issue_receipts
from connects.acts.money.record_cash import note_cash
from connects.acts.money.repay import ask_back
from connects.acts.money.request_payment import payer_of, request_payment
from connects.acts.money.save_method import save_method
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.billing.port import Answer, DeclineCause, Declined, Paid, Unreachable, Waiting
from connects.market.payments.models import (
    FIRST_POLL_AFTER,
    MONEY_IS_HERE,
    MONEY_WENT_BACK,
    Payable,
    PaymentStatus,
)
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import RefusalCode, Refused

P = TypeVar("P", bound=Payable)

POLL_EVERY_AT_MOST = timedelta(hours=6)


def continue_until_settled(
    row: P, deliver: Callable[[P, datetime], None], now: datetime
) -> P | Refused:
    """Go on with a payment from wherever it stands. Refused with `payment_declined`.

    `deliver` is as in `settle_payment`.
    """
    if row.status == PaymentStatus.PENDING:
        answer = request_payment(row, payer_of(row.account), now)
        row = settle_payment(row, answer, deliver, now)
    if row.status in (PaymentStatus.DECLINED, PaymentStatus.ABANDONED):
        return Refused(RefusalCode.PAYMENT_DECLINED, {"method": row.method, "cause": row.cause})
    return row


def settle_payment(
    row: P, answer: Answer, deliver: Callable[[P, datetime], None], now: datetime
) -> P:
    """Book what became of a payment, and deliver what it was for if it is paid.

    `deliver` runs in the same transaction as the status, and says on the row which lot it became.
    """
    with transaction.atomic():
        held: P = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)  # noqa: SLF001
        if held.status in (*MONEY_IS_HERE, *MONEY_WENT_BACK):
            return held
        if isinstance(answer, Paid):
            _book(held, answer, deliver, now)
        elif held.status == PaymentStatus.PENDING:
            _note(held, answer, now)
        held.save()
        return held


def _book(held: P, answer: Paid, deliver: Callable[[P, datetime], None], now: datetime) -> None:
    if not held.record_paid(answer, now):
        note_act(None, "payment-mismatched", held.reference, str(answer.amount), now)
        note_cash(held, now)
        return
    if held.unwanted is None:
        deliver(held, now)
    note_cash(held, now)
    if held.keeps_method and answer.saved is not None:
        save_method(held.account, answer.saved, held.provider, now)
    (receipt,) = issue_receipts([held], now)
    if held.tells_receipt:
        put_in_outbox([receipt_notice(held, receipt.label)], now)
    if held.unwanted is not None:
        ask_back(held, held.received_cents, now)
        held.look_again = now
        note_act(None, "refunded", held.reference, "it came after its payer had let go of it", now)
        put_in_outbox([_going_back(held)], now)


def _going_back(held: Payable) -> Event:
    return Event(
        key=f"unwanted:{held.reference}",
        account=held.account_id,
        code="payment-going-back",
        parameters=held.facts,
    )


def _failed(held: Payable) -> Event:
    return Event(
        key=f"failed:{held.reference}:{held.attempt}",
        account=held.account_id,
        code="purchase.failed",
        parameters={"payment": held.reference, "cause": held.cause},
    )


def _page_closed(held: Payable) -> Event:
    return Event(
        key=f"page-closed:{held.reference}:{held.attempt}",
        account=held.account_id,
        code="checkout_session.expired",
        parameters={"payment": held.reference},
    )


def receipt_notice(held: Payable, receipt: str) -> Event:
    """The notice that the money is here, with the receipt's number."""
    return Event(
        key=f"payment-received:{held.reference}",
        account=held.account_id,
        code="payment-received",
        parameters={**held.facts, "receipt": receipt},
    )


def _note(held: Payable, answer: Declined | Waiting | Unreachable, now: datetime) -> None:
    """Record that it is not paid, or not yet."""
    if isinstance(answer, Declined):
        gave_up = answer.cause is DeclineCause.ABANDONED
        if gave_up and held.page:
            put_in_outbox([_page_closed(held)], now)
        held.status = PaymentStatus.ABANDONED if gave_up else PaymentStatus.DECLINED
        held.cause, held.page, held.look_again = answer.cause.value, "", None
        put_in_outbox([_failed(held)], now)
        return
    if isinstance(answer, Waiting):
        held.provider_reference, held.page = answer.reference, answer.url
    else:
        held.cause = answer.problem[:120]
    held.look_again = now + min(FIRST_POLL_AFTER * 2**held.looks, POLL_EVERY_AT_MOST)
    held.looks += 1
    if not held.provider_reference and not held.may_retry(now):
        # Another request might charge twice: from here on it is for staff.
        held.look_again = None
        note_act(None, "payment-unknown", held.reference, held.cause, now)
