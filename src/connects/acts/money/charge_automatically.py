"""Charge many payments without a payer present: renewals. Each tries the member's methods in order.

The method being tried is on the payment's row before the provider is called, so after a crash the next
process sends the same provider the same request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from connects.acts.money.issue_document import issue_receipts
from connects.acts.money.record_cash import note_payments
from connects.acts.money.request_payment import payer_of, payers_of, request_payment
from connects.acts.money.settle import P, receipt_notice, settle_payment
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.billing.port import (
    Answer,
    DeclineCause,
    Declined,
    Paid,
    Payer,
    Unreachable,
    Waiting,
)
from connects.bootstrap.providers import EARNINGS, TEST
from connects.market.payments.methods import automatic_methods
from connects.market.payments.models import MONEY_IS_HERE, Payable, PaymentMethod, PaymentStatus
from connects.policy.terms import RuleBook

AT_ONCE = 8
"""So many providers' answers are waited for at one time."""

_CHARGE_FIELDS = (
    "status",
    "provider_reference",
    "page",
    "paid",
    "cause",
    "fee_cents",
    "received_cents",
    "received_currency",
    "looks",
    "lot",
)
_METHOD_FIELDS = (
    "method",
    "provider",
    "method_token",
    "method_customer",
    "method_label",
    "attempt",
    "asked",
)


def charge_automatically(
    rows: Mapping[int, Payable], books: Mapping[int, RuleBook], now: datetime
) -> None:
    """Ask for the money of each account's payment; the rows say what came of it (not saved yet).

    Whose method declines is tried with the next one. Runs outside of any transaction.
    """
    pending = [row for row in rows.values() if row.status == PaymentStatus.PENDING]
    if not pending:
        return
    payers = payers_of(row.account_id for row in pending)
    methods = automatic_methods({row.account_id: books[row.account_id] for row in pending})
    while pending:
        for row, answer in zip(pending, _answers(pending, payers, now), strict=True):
            _note(row, answer, now)
        pending = [row for row in pending if _next_method(row, methods[row.account_id], now)]


def _answers(rows: Sequence[Payable], payers: Mapping[int, Payer], now: datetime) -> list[Answer]:
    """Request the payments and return the providers' answers, in the rows' order.

    Only the requests run in threads.
    """

    def ask(row: Payable) -> Answer:
        return request_payment(row, payers[row.account_id], now)

    here = {EARNINGS, TEST, ""}
    if all(row.provider in here for row in rows):
        return [ask(row) for row in rows]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        far = {row.pk: pool.submit(ask, row) for row in rows if row.provider not in here}
        return [far[row.pk].result() if row.pk in far else ask(row) for row in rows]


def _note(row: Payable, answer: Answer, now: datetime) -> None:
    match answer:
        case Paid():
            row.record_paid(answer, now)
        case Declined():
            row.status, row.cause = PaymentStatus.DECLINED, answer.cause.value
        case Waiting():
            row.provider_reference, row.page = answer.reference, answer.url
        case Unreachable():
            row.cause = answer.problem[:120]
            if not row.provider_reference and not row.may_retry(now):
                # Another request might charge twice. If it was charged after all, its message says so.
                row.status = PaymentStatus.DECLINED
                note_act(None, "payment-unknown", row.reference, row.cause, now)


def _next_method(row: Payable, methods: Sequence[PaymentMethod], now: datetime) -> bool:
    """Whether a declined payment has another method to try; it is then on the row, and saved.

    Nothing is tried any more whose member has left while the last method was being tried.
    """
    if row.status != PaymentStatus.DECLINED or row.attempt + 1 >= len(methods):
        return False
    row.refresh_from_db(fields=["unwanted"])
    if row.unwanted is not None:
        return False
    row.attempt += 1
    row.pay_with(methods[row.attempt], now)
    row.status, row.provider_reference, row.page = PaymentStatus.PENDING, "", ""
    row.save(update_fields=[*_METHOD_FIELDS, "status", "provider_reference", "page"])
    return True


def pay_automatically(
    row: P, book: RuleBook, deliver: Callable[[P, datetime], None], now: datetime
) -> P:
    """Charge one payment without a payer present, with the first method that is not declined."""
    methods = automatic_methods({row.account_id: book})[row.account_id]
    payer = payer_of(row.account)
    while True:
        row = settle_payment(row, request_payment(row, payer, now), deliver, now)
        if not _next_method(row, methods, now):
            return row


def book_unwanted(row: Payable, now: datetime) -> None:
    """Book the provider's answer for a payment that is no longer wanted (on the row, not saved)."""
    answer: Answer
    match row.status:
        case PaymentStatus.PAID | PaymentStatus.MISMATCHED:
            answer = Paid(row.provider_reference, row.received, row.fee_cents)
        case PaymentStatus.DECLINED:
            answer = Declined(DeclineCause.DECLINED, row.cause)
        case _ if row.provider_reference:
            answer = Waiting(row.provider_reference, row.page)
        case _:
            answer = Unreachable(row.cause)
    rows = type(row)._default_manager.filter(pk=row.pk)  # noqa: SLF001
    rows.filter(unwanted__isnull=True, status=PaymentStatus.PENDING).update(unwanted=now)
    settle_payment(row, answer, lambda *_: None, now)


def book_charges(rows: Sequence[Payable], lots: Mapping[int, int], now: datetime) -> None:
    """Save what came of these payments, with receipts for the paid ones. In the caller's transaction."""
    if not rows:
        return
    paid = [row for row in rows if row.status == PaymentStatus.PAID]
    for row in paid:
        row.lot = lots.get(row.account_id)
    note_payments([row for row in rows if row.status in MONEY_IS_HERE], now)
    for row in rows:
        if row.status == PaymentStatus.MISMATCHED:
            note_act(None, "payment-mismatched", row.reference, str(row.received), now)
    type(rows[0])._default_manager.bulk_update(rows, _CHARGE_FIELDS, batch_size=200)  # noqa: SLF001
    receipts = issue_receipts(paid, now)
    labels = {receipt.subject: receipt.label for receipt in receipts}
    put_in_outbox([receipt_notice(row, labels[row.reference]) for row in paid], now)
