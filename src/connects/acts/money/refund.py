"""Refunds by staff, and what others do with a payment's money: one function for each.

The Connects go first and the money after: who gets their money back can no longer spend what it bought.
Where the provider will not give it back, the Connects return.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from connects.acts.money.compare_repayments import lock_payment, record_repayments
from connects.acts.money.repay import ask_back, book_repayment, give_back_connects
from connects.acts.money.settle import POLL_EVERY_AT_MOST
from connects.acts.oversight.audit import note_act
from connects.billing.port import (
    Declined,
    RefundAnswer,
    Refunded,
    Repaid,
    RepaymentKind,
    Unreachable,
)
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.providers import EARNINGS, provider_named
from connects.market.payments.models import FIRST_POLL_AFTER, MONEY_IS_HERE, Payable, PaymentStatus
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.settlement.models import Repayment, RepaymentState
from connects.vocabulary.amounts import Cents, Money
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

P = TypeVar("P", bound=Payable)


def refund_payment(
    payment: P, staff: User | None, reason: str, amount: Money | None = None
) -> P | Refused:
    """Refund a payment: all that is left of it, or `amount`. `staff` is None if the marketplace acts.

    The refund is done, or in flight if the provider did not answer. Refused with `not_allowed`, or with
    `invalid` if the money is not here, the amount is more than is left or in another currency, or the
    provider refuses.
    """
    refused = denied(staff, Act.REFUND_PAYMENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = lock_payment(payment)
        cents = cents_to_refund(row, amount)
        if isinstance(cents, Refused):
            return cents
        repayment = ask_back(row, cents, now)
        said = {"amount": str(repayment.amount)}
        note_act(staff, "refunded", row.reference, reason, now, said)
    row = continue_refund(row, now)
    repayment.refresh_from_db()
    return (
        invalid(Problem.REFUND_REFUSED, field="purchase")
        if repayment.state == RepaymentState.REFUSED
        else row
    )


def cents_to_refund(row: Payable, amount: Money | None) -> Cents | Refused:
    """The amount to refund, if the money is here and that much of it is left."""
    if row.status not in MONEY_IS_HERE:
        return invalid(Problem.NOT_PAID, field="purchase")
    if amount is None:
        return row.rest_cents
    if amount.currency != row.received_currency:
        return invalid(Problem.OTHER_CURRENCY, field="amount", currency=row.received_currency)
    if not 0 < amount.cents <= row.rest_cents:
        rest = Money(row.rest_cents, row.received_currency)
        return invalid(Problem.OVER_THE_REST, field="amount", rest=str(rest))
    return amount.cents


def continue_refund(row: P, now: datetime) -> P:
    """Go on with a refund from wherever it stands: ask the provider, and book what it says."""
    if row.status != PaymentStatus.REFUNDING:
        return row
    asked = Repayment.objects.filter(subject=row.reference, state=RepaymentState.ASKED)
    for repayment in asked.order_by("id"):
        row = _settle(row, repayment, _ask(row, repayment), now)
    return row


def _ask(row: Payable, repayment: Repayment) -> RefundAnswer:
    if row.provider == EARNINGS or not repayment.cents:
        return Refunded(repayment.key)
    try:
        provider = provider_named(row.provider)
    except LookupError as problem:
        return Unreachable(str(problem))
    return provider.refund(
        repayment.key, row.provider_reference, repayment.amount, repayment.subject
    )


def _settle(row: P, asked: Repayment, answer: RefundAnswer, now: datetime) -> P:
    with transaction.atomic():
        held = lock_payment(row)
        repayment = Repayment.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if repayment.state != RepaymentState.ASKED:
            return held  # a message was faster
        match answer:
            case Unreachable():
                held.look_again = now + min(FIRST_POLL_AFTER * 2**held.looks, POLL_EVERY_AT_MOST)
                held.looks, held.cause = held.looks + 1, answer.problem[:120]
                held.save()
            case Declined():
                give_back_connects(held, repayment, now)
                note_act(None, "refund-refused", held.reference, answer.detail, now)
            case Refunded():
                _made(held, repayment, answer.reference, now)
        return held


def _made(row: Payable, repayment: Repayment, name: str, now: datetime) -> None:
    """The provider made the refund; it may be one that its own staff had made before."""
    known = Repayment.objects.filter(subject=row.reference, provider_id=name).exclude(
        pk=repayment.pk
    )
    if known.exists():
        give_back_connects(row, repayment, now)
        return
    repayment.provider_id = name
    book_repayment(row, repayment, now)


def refunded_at_provider(payment: P, cents: Cents | None = None) -> P | Refused:
    """Money went back without us, as the provider tells: all that is left, or so many cents.

    Refused with `invalid` where there is not so much.
    """
    row = locked_alone(payment)
    if not row.rest_cents:
        return invalid(Problem.NOT_PAID, field="purchase")
    if row.provider == EARNINGS:
        return invalid(Problem.PAID_FROM_EARNINGS, field="purchase")
    return _tell(row, RepaymentKind.REFUND, row.rest_cents if cents is None else cents)


def charge_back(payment: P, cents: Cents | None = None) -> P | Refused:
    """The payer's bank has taken the money, all that is left of it or so many cents. A bank takes money
    that went back already, too. Refused with `invalid` where it never came, or a dispute has taken it.
    """
    row = locked_alone(payment)
    disputed = sum(each.cents for each in _standing(row, RepaymentKind.DISPUTE))
    wanted = (row.rest_cents or row.received_cents) if cents is None else cents
    if not row.received_currency or disputed >= row.received_cents:
        return invalid(Problem.NOT_PAID, field="purchase")
    if row.provider == EARNINGS:
        return invalid(Problem.PAID_FROM_EARNINGS, field="purchase")
    if not 0 < wanted <= row.received_cents - disputed:
        rest = Money(row.received_cents - disputed, row.received_currency)
        return invalid(Problem.OVER_THE_REST, field="amount", rest=str(rest))
    return _tell(row, RepaymentKind.DISPUTE, wanted)


def win_back(payment: P, cents: Cents | None = None) -> P | Refused:
    """A dispute was decided for us: its money is here again, and so are the Connects. `cents` says which.

    Refused with `invalid` where nothing was charged back.
    """
    return _book_reversal(payment, RepaymentKind.DISPUTE, cents, Problem.NOT_CHARGED_BACK)


def refund_failed(payment: P, cents: Cents | None = None) -> P | Refused:
    """A refund that was made came back from the member's bank. As `win_back`."""
    return _book_reversal(payment, RepaymentKind.REFUND, cents, Problem.NOT_REFUNDED)


def looked_at(payment: P, staff: User, reason: str) -> P | Refused:
    """A member of staff has done what a payment asked for. Refused with `not_allowed` or `invalid`."""
    refused = denied(staff, Act.REFUND_PAYMENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = lock_payment(payment)
        if not row.care:
            return invalid(Problem.NO_CARE_NEEDED, field="purchase")
        note_act(staff, "looked-at", row.reference, reason, now, {"care": row.care})
        rows = Repayment.objects.filter(subject=row.reference, care_done__isnull=True)
        rows.update(care_done=now)
        row.care = ""
        row.save(update_fields=["care"])
        return row


def locked_alone(payment: P) -> P:
    """The payment as it is now."""
    with transaction.atomic():
        return lock_payment(payment)


def _standing(row: Payable, kind: RepaymentKind) -> list[Repayment]:
    rows = Repayment.objects.filter(subject=row.reference, kind=kind.value)
    return list(rows.filter(state=RepaymentState.STANDING).order_by("began", "id"))


def _tell(row: P, kind: RepaymentKind, cents: Cents) -> P | Refused:
    if not 0 < cents <= row.received_cents:
        return invalid(
            Problem.OVER_THE_REST, field="amount", rest=str(Money(row.rest_cents, row.currency))
        )
    if kind is RepaymentKind.REFUND and cents > row.rest_cents:
        return invalid(
            Problem.OVER_THE_REST, field="amount", rest=str(Money(row.rest_cents, row.currency))
        )
    now = clock_now()
    number = Repayment.objects.filter(subject=row.reference).count() + 1
    amount = Money(cents, row.received_currency)
    said = Repaid(f"told-{number}", kind, amount, stands=True, happened=now)
    return record_repayments(row, [said], now)


def _book_reversal(
    payment: P, kind: RepaymentKind, cents: Cents | None, problem: Problem
) -> P | Refused:
    row, now = locked_alone(payment), clock_now()
    if row.provider == EARNINGS:
        return invalid(Problem.PAID_FROM_EARNINGS, field="purchase")
    standing = [each for each in _standing(row, kind) if cents in (None, each.cents)]
    if not standing:
        return invalid(problem, field="purchase")
    last = standing[-1]
    if not last.provider_id:
        last.provider_id = f"told-{last.pk}"
        last.save(update_fields=["provider_id"])
    said = Repaid(last.provider_id, kind, last.amount, stands=False, happened=last.began)
    return record_repayments(row, [said], now)
