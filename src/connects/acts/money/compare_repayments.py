"""Compare a payment's repayments with what its provider says of them.

Webhooks come late, twice, in any order, or not at all. So none is believed: each only makes us ask the
provider for everything that went back of the payment, and bring our rows to that. The first one books
all of it; later ones find nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from connects.acts.money.repay import book_repayment, settle_up, undo_repayment
from connects.acts.oversight.audit import note_act
from connects.billing.port import Repaid, RepaymentKind, Unreachable
from connects.bootstrap.providers import EARNINGS, TEST, provider_named
from connects.market.payments.models import Payable
from connects.market.settlement.models import Repayment, RepaymentState

P = TypeVar("P", bound=Payable)

NO_LIST = (EARNINGS, TEST, "")
"""Where nothing can go back without us."""


def compare_repayments(payment: P, now: datetime, more: Iterable[Repaid] = ()) -> P | Unreachable:
    """Ask the provider what went back of a payment, and book what we did not know.

    `more` is what a message says that no list of the provider's does.
    """
    if payment.provider in NO_LIST or not payment.received_currency:
        return payment
    try:
        provider = provider_named(payment.provider)
    except LookupError as problem:
        return Unreachable(str(problem))
    said = provider.repayments(payment.provider_reference)
    if isinstance(said, Unreachable):
        return said
    disputed = any(each.kind is RepaymentKind.DISPUTE for each in said)
    return record_repayments(payment, [*said, *(() if disputed else more)], now)


def record_repayments(payment: P, said: Iterable[Repaid], now: datetime) -> P:
    """Bring our rows to what a provider says of a payment's repayments."""
    with transaction.atomic():
        row = lock_payment(payment)
        for each in said:
            _record(row, each, now)
        return row


def lock_payment(payment: P) -> P:
    """The payment, locked until the transaction ends."""
    rows = type(payment)._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    held: P = rows.get(pk=payment.pk)
    return held


def _record(row: Payable, said: Repaid, now: datetime) -> None:
    known = _known(row, said)
    if said.amount.currency != row.received_currency:
        _note_unclear(row, said, known, now)
    elif known is None:
        _begin(row, said, now)
    elif said.stands and known.state != RepaymentState.STANDING:
        book_repayment(row, known, now)
    elif not said.stands and known.state == RepaymentState.ASKED:
        book_repayment(row, known, now)
        undo_repayment(row, known, now)
        _note(row, known, now)
    elif not said.stands and known.state == RepaymentState.STANDING:
        undo_repayment(row, known, now)
        _note(row, known, now)


def _known(row: Payable, said: Repaid) -> Repayment | None:
    """Our row of a repayment: by the provider's name, or one of ours that has no name yet."""
    rows = Repayment.objects.select_for_update(of=("self",)).filter(
        subject=row.reference, kind=said.kind.value
    )
    named = rows.filter(provider_id=said.id).first()
    if named is not None:
        return named
    unnamed = rows.filter(provider_id="", cents=said.amount.cents)
    ours = unnamed.exclude(state=RepaymentState.REFUSED).order_by("id").first()
    if ours is not None:
        ours.provider_id = said.id
        ours.save(update_fields=["provider_id"])
    return ours


def _begin(row: Payable, said: Repaid, now: datetime) -> None:
    """Record a repayment that we did not know of; one that was already undone moved money both ways."""
    repayment = _new(row, said, RepaymentState.STANDING, now)
    book_repayment(row, repayment, now)
    _note(row, repayment, now)
    if not said.stands:
        undo_repayment(row, repayment, now)
        _note(row, repayment, now)


def _new(row: Payable, said: Repaid, state: RepaymentState, now: datetime) -> Repayment:
    return Repayment.objects.create(
        subject=row.reference,
        account_id=row.account_id,
        kind=said.kind.value,
        provider_id=said.id,
        cents=said.amount.cents,
        currency=said.amount.currency,
        state=state,
        began=now,
    )


def _note_unclear(row: Payable, said: Repaid, known: Repayment | None, now: datetime) -> None:
    """Mark a repayment in another currency than the payment's: nothing is booked; staff look at it."""
    if known is None:
        settle_up(row, now, _new(row, said, RepaymentState.UNCLEAR, now))


def _note(row: Payable, repayment: Repayment, now: datetime) -> None:
    """A line of the activity log for what others did."""
    gone = repayment.state == RepaymentState.STANDING
    if repayment.kind == RepaymentKind.DISPUTE:
        act, reason = (
            ("charged-back", "the bank took it back")
            if gone
            else ("dispute-won", "the bank gave it back")
        )
    else:
        act, reason = (
            ("refunded-at-provider", "it was given back there")
            if gone
            else ("refund-failed", "the member's bank did not take it")
        )
    note_act(None, act, row.reference, reason, now, {"amount": str(repayment.amount)})
