"""Book money of a payment that goes back, or comes again: rows, lots, books and documents in one place.

Refunds of ours, refunds made at the provider, refunds that fail later, disputes opened, lost and won:
each is a repayment that takes effect or is undone. The payment's status, the tax no longer owed, and
what went back beyond all that came follow from the sum of what stands, never from the webhook that told
of it. All of this runs in the caller's transaction, with the payment locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connects.acts.memberships.leave import end_now, leave_plan
from connects.acts.money.issue_document import issue_credit_note, issue_debit_note
from connects.acts.money.move_earnings import give_back
from connects.acts.money.record_cash import Moved, note_moved_back
from connects.acts.money.take_connects_back import take_connects_back
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.billing.port import RepaymentKind
from connects.bootstrap.journals import journal
from connects.bootstrap.providers import EARNINGS
from connects.market.members.selectors import party_of
from connects.market.payments.models import FIRST_POLL_AFTER, MONEY_IS_HERE, Payable, PaymentStatus
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import lock_subscription
from connects.market.settlement.models import Repayment, RepaymentState
from connects.statements.books.cash import CashKind
from connects.vocabulary.amounts import Cents
from connects.vocabulary.events import Event

PAID_BACK_TWICE = "paid-back-twice"
REFUND_CAME_BACK = "refund-came-back"
UNCLEAR = "repayment-unclear"

# What was taken for it is written by `taking_back`, in rows of its own reading.
_STATE = ["state", "answered", "provider_id"]


def ask_back(row: Payable, cents: Cents, now: datetime) -> Repayment:
    """Note a refund of ours before the provider is asked: its Connects go first and the money after."""
    number = Repayment.objects.filter(subject=row.reference, by_us=True).count()
    repayment = Repayment.objects.create(
        subject=row.reference,
        account_id=row.account_id,
        kind=RepaymentKind.REFUND.value,
        key=f"refund.{row.public_id}" + (f".{number + 1}" if number else ""),
        by_us=True,
        cents=cents,
        net_cents=cents - _tax_of(row, cents) if row.matches_order else 0,
        currency=row.received_currency or row.currency,
        state=RepaymentState.ASKED,
        began=now,
    )
    row.look_again, row.looks = now + FIRST_POLL_AFTER, 0
    settle_up(row, now, repayment)
    return repayment


def book_repayment(row: Payable, repayment: Repayment, now: datetime) -> None:
    """The money of a repayment is gone."""
    tax = _move(row, repayment, now, gone=True)
    if repayment.kind == RepaymentKind.DISPUTE:
        put_in_outbox([_dispute_opened(row, repayment)], now)
    repayment.state, repayment.answered = RepaymentState.STANDING, repayment.answered or now
    repayment.save(update_fields=_STATE)
    if repayment.kind == RepaymentKind.REFUND and row.matches_order and row.has_documents:
        issue_credit_note(row, repayment.cents, tax, f"repayment:{repayment.pk}", now)
    if row.provider == EARNINGS:
        give_back(row.account_id, repayment.cents, repayment.key or f"repayment:{repayment.pk}")
    settle_up(row, now, repayment)


def undo_repayment(row: Payable, repayment: Repayment, now: datetime) -> None:
    """The money of a repayment is here again: the refund failed afterwards, or the dispute was won."""
    tax = _move(row, repayment, now, gone=False)
    repayment.state = RepaymentState.UNDONE
    repayment.save(update_fields=_STATE)
    if repayment.kind == RepaymentKind.REFUND and row.matches_order and row.has_documents:
        issue_debit_note(row, repayment.cents, tax, f"repayment:{repayment.pk}", now)
    settle_up(row, now, repayment)


def give_back_connects(row: Payable, repayment: Repayment, now: datetime) -> None:
    """The provider will not give it back: the Connects return."""
    repayment.state, repayment.answered = RepaymentState.REFUSED, now
    repayment.save(update_fields=_STATE)
    settle_up(row, now, repayment)


def settle_up(row: Payable, now: datetime, cause: Repayment) -> None:
    """Bring Connects, plan, state and tasks to what stands now, and tell the member of `cause`."""
    taken = take_connects_back(row, now)
    every = list(Repayment.objects.filter(subject=row.reference).order_by("began", "id"))
    counting = sum(
        r.cents for r in every if r.state in (RepaymentState.ASKED, RepaymentState.STANDING)
    )
    begins = cause.state == (RepaymentState.ASKED if cause.by_us else RepaymentState.STANDING)
    if isinstance(row, PlanPayment) and begins and counting >= row.received_cents:
        _end_membership(row, now)
    was = row.status
    row.status = _status(row, every)
    row.look_again = row.look_again if row.status == PaymentStatus.REFUNDING else None
    back = row.status in (PaymentStatus.REFUNDED, PaymentStatus.CHARGED_BACK)
    row.went_back = (row.went_back or now) if back else None
    care = _care(row, every)
    if care and care != row.care:
        note_act(None, care, row.reference, str(cause.amount), now)
    row.care = care
    row.cause = "" if row.status != was else row.cause
    row.save()
    _tell(row, cause, taken, now)


def _move(row: Payable, repayment: Repayment, now: datetime, *, gone: bool) -> Cents:
    """Note the money and what of it is tax or beyond all that came; the tax in it."""
    sign = 1 if gone else -1
    tax, excess = row.returned_tax_cents, max(row.returned_cents - row.received_cents, 0)
    row.returned_cents += sign * repayment.cents
    row.returned_tax_cents = _tax_of(row, row.returned_cents)
    tax = row.returned_tax_cents - tax
    excess = max(row.returned_cents - row.received_cents, 0) - excess
    if not row.matches_order:
        excess = 0  # all of it was for nothing
    is_refund = repayment.kind == RepaymentKind.REFUND
    if gone:
        kind = CashKind.REFUND if is_refund else CashKind.CHARGEBACK
    else:
        kind = CashKind.REFUND_BACK if is_refund else CashKind.DISPUTE_WON
    note_moved_back(row, kind, Moved(-sign * repayment.cents, -tax, -excess), now)
    return abs(tax)


def _tax_of(row: Payable, returned: Cents) -> Cents:
    """The tax in what went back in all: its share, rounded down, and all of it with the last cent."""
    if not row.matches_order or not row.received_cents:
        return 0
    return row.tax_cents * min(returned, row.received_cents) // row.received_cents


def _status(row: Payable, every: Sequence[Repayment]) -> PaymentStatus:
    standing = [each for each in every if each.state == RepaymentState.STANDING]
    refunds = [each.cents for each in standing if each.kind == RepaymentKind.REFUND]
    if any(each.state == RepaymentState.ASKED for each in every):
        return PaymentStatus.REFUNDING
    if refunds and sum(refunds) >= row.received_cents:
        return PaymentStatus.REFUNDED
    if len(refunds) < len(standing):
        return PaymentStatus.CHARGED_BACK
    return PaymentStatus.PAID if row.matches_order else PaymentStatus.MISMATCHED


def _care(row: Payable, every: Sequence[Repayment]) -> str:
    """The reason why staff have to look at the payment; "" if they need not."""
    open_ones = [each for each in every if each.care_done is None]
    if any(each.state == RepaymentState.UNCLEAR for each in open_ones):
        return UNCLEAR
    standing = [each for each in open_ones if each.state == RepaymentState.STANDING]
    if row.returned_cents > row.received_cents and standing:
        return PAID_BACK_TWICE
    failed = [
        each
        for each in open_ones
        if each.state == RepaymentState.UNDONE and each.kind == RepaymentKind.REFUND
    ]
    return REFUND_CAME_BACK if failed and row.status in MONEY_IS_HERE else ""


def _end_membership(payment: PlanPayment, now: datetime) -> None:
    """The plan that was paid for ends now; one whose month is over, with the month that is paid since."""
    subscription = lock_subscription(payment.account_id)
    book = party_of(payment.account, now).book
    plan = book.plan_or_default(subscription.plan)
    if payment.unwanted is not None or not plan.price(subscription.kind):
        return
    later = PlanPayment.objects.filter(
        account_id=payment.account_id,
        new_cycle=True,
        paid__gt=payment.paid,
        status__in=MONEY_IS_HERE,
    )
    (leave_plan if later.exists() else end_now)(subscription, book, now)


def _dispute_opened(row: Payable, repayment: Repayment) -> Event:
    return Event(
        key=f"dispute-opened:{repayment.pk}",
        account=row.account_id,
        code="purchase.dispute_opened",
        parameters={
            "payment": row.reference,
            "cents": repayment.cents,
            "currency": repayment.currency,
        },
    )


def _tell(row: Payable, cause: Repayment, taken: int, now: datetime) -> None:
    """Tell the member: Connects went with the money, or came with it."""
    told_before = cause.by_us and cause.state == RepaymentState.STANDING
    if told_before or cause.state == RepaymentState.UNCLEAR or row.unwanted is not None:
        return
    came = cause.state in (RepaymentState.UNDONE, RepaymentState.REFUSED)
    if came and cause.kind == RepaymentKind.DISPUTE:
        code = "dispute-won"
    else:
        code = "refund-came-back" if came else "purchase-reversed"
    wallet = journal().wallet(row.account_id)
    event = Event(
        key=f"repayment:{cause.pk}:{cause.state}",
        account=row.account_id,
        code=code,
        parameters={
            "connects": abs(taken),
            "debt": wallet.debt,
            "balance": wallet.balance,
            "by_bank": cause.kind == RepaymentKind.DISPUTE,
            **row.bought,
            "cents": cause.cents,
            "currency": cause.currency,
            "payment": row.reference,
        },
    )
    put_in_outbox([event], now)
