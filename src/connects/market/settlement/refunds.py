"""Refunds and chargebacks: the money of a payment goes back, and so do its Connects.

What is left of the lot is reversed; what was spent of it becomes the wallet's debt, which later grants,
returns and purchases pay first (RULES 3). The Connects go first and the money after: who gets their money
back can no longer spend what it bought. Where the provider will not give it back, the Connects return.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from connects.actions.take_back import MoneyBack, take_back
from connects.billing.port import Declined, RefundAnswer, Refunded, Unreachable
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.bootstrap.providers import EARNINGS, provider_named
from connects.market.books.cash import note_cash
from connects.market.earnings.services import give_back
from connects.market.invoices.services import issue_credit_note
from connects.market.members.selectors import party_of
from connects.market.notices.services import put_in_outbox
from connects.market.payments.models import FIRST_LOOK, MONEY_IS_HERE, Payable, PaymentStatus
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.plans.leaving import end_now, leave
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import lock
from connects.market.settlement.reinstating import reinstate
from connects.market.settlement.settle import LAST_LOOKS
from connects.market.trust.services import note_act
from connects.statements.books.money_lines import CashKind
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import RefusalCode, Refused

P = TypeVar("P", bound=Payable)


def refund(payment: P, staff: User | None, reason: str) -> P | Refused:
    """Staff give the money back; `staff` is None where the marketplace does.

    It is done, or under way where the provider did not answer. Refused with `not_allowed`, or `invalid`
    where the money is not here, or the provider will not give it back.
    """
    refused = denied(staff, Act.REFUND_PAYMENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = _locked(payment)
        if row.status not in (PaymentStatus.PAID, PaymentStatus.MISMATCHED):
            return Refused(RefusalCode.INVALID, {"problem": "not_paid", "field": "purchase"})
        debt = _take_back_connects(row, now)
        row.status, row.look_again, row.looks = PaymentStatus.REFUNDING, now + FIRST_LOOK, 0
        row.save()
        note_act(staff, "refunded", row.reference, reason, now)
        put_in_outbox([_reversed(row, debt)], now)
    row = pursue_refund(row, now)
    if row.status == PaymentStatus.PAID:
        return Refused(RefusalCode.INVALID, {"problem": "refund_refused", "field": "purchase"})
    return row


def pursue_refund(row: P, now: datetime) -> P:
    """Go on with a refund from wherever it stands: ask the provider, and book what it says."""
    if row.status != PaymentStatus.REFUNDING:
        return row
    return _settle_refund(row, _ask(row), now)


def _ask(row: Payable) -> RefundAnswer:
    key = f"refund.{row.public_id}"
    if row.provider == EARNINGS or row.received_cents == 0:
        return Refunded(key)
    try:
        provider = provider_named(row.provider)
    except LookupError as problem:
        return Unreachable(str(problem))
    return provider.refund(key, row.provider_reference, row.received, row.reference)


def _settle_refund(row: P, answer: RefundAnswer, now: datetime) -> P:
    with transaction.atomic():
        held = _locked(row)
        if held.status != PaymentStatus.REFUNDING:
            return held
        match answer:
            case Unreachable():
                held.look_again = now + min(FIRST_LOOK * 2**held.looks, LAST_LOOKS)
                held.looks, held.cause = held.looks + 1, answer.problem[:120]
            case Declined():
                reinstate(held, now)
                held.status, held.look_again, held.cause = PaymentStatus.PAID, None, ""
                note_act(None, "refund-refused", held.reference, answer.detail, now)
            case Refunded():
                held.status, held.look_again, held.cause = PaymentStatus.REFUNDED, None, ""
                held.went_back = now
                note_cash(held, CashKind.REFUND, now)
                if held.provider == EARNINGS:
                    give_back(held.account_id, held.received.cents, f"refund:{held.public_id}")
                issue_credit_note(held, now)
        held.save()
        return held


def charge_back(payment: P) -> P | Refused:
    """The card's bank has taken the money back. Refused with `invalid` where it is not here."""
    now = clock_now()
    with transaction.atomic():
        row = _locked(payment)
        if row.status not in (PaymentStatus.PAID, PaymentStatus.MISMATCHED):
            return Refused(RefusalCode.INVALID, {"problem": "not_paid", "field": "purchase"})
        debt = _take_back_connects(row, now)
        row.status, row.look_again, row.went_back = PaymentStatus.CHARGED_BACK, None, now
        row.save()
        note_cash(row, CashKind.CHARGEBACK, now)
        note_act(None, "charged-back", row.reference, "the bank took it back", now)
        put_in_outbox([_reversed(row, debt)], now)
        return row


def win_back(payment: P) -> P | Refused:
    """The dispute was decided for us: the money is here again, and so are the Connects.

    Refused with `invalid` where nothing was charged back.
    """
    now = clock_now()
    with transaction.atomic():
        row = _locked(payment)
        if row.status != PaymentStatus.CHARGED_BACK:
            return Refused(
                RefusalCode.INVALID, {"problem": "not_charged_back", "field": "purchase"}
            )
        note_cash(row, CashKind.DISPUTE_WON, now)
        reinstate(row, now)
        row.status = PaymentStatus.PAID
        row.save()
        note_act(None, "dispute-won", row.reference, "the bank gave it back", now)
        return row


def _locked(payment: P) -> P:
    rows = type(payment)._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    held: P = rows.get(pk=payment.pk)
    return held


def _take_back_connects(row: Payable, now: datetime) -> int:
    """Reverse the lot, if there is one; a membership ends. The wallet's debt after it."""
    if isinstance(row, PlanPayment):
        _end_membership(row, now)
    if row.lot is None:
        return 0
    row.reversals += 1
    outcome = take_back(
        journal(),
        MoneyBack(
            wallet=row.account_id,
            lot=row.lot,
            key=f"reverse:{row.public_id}:{row.reversals}",
            reference=row.reference,
            rule_book=row.rule_book,
            refunded_cents=row.price_cents,
            price_cents=row.price_cents,
        ),
        now,
    )
    if isinstance(outcome, Refused):
        # An earlier refund found nothing left, and then failed: there is still nothing.
        assert outcome.parameters.get("problem") == "lot_reversed", outcome
        row.reversal = None
        return 0
    assert outcome.record is not None
    entry = outcome.record.entry
    row.reversal = entry.number if entry.credits or entry.debt_change else None
    return outcome.wallet.debt


def _end_membership(payment: PlanPayment, now: datetime) -> None:
    """The plan that was paid for ends now; one whose month is over, with the month that is paid since."""
    subscription = lock(payment.account_id)
    book = party_of(payment.account, now).book
    if not book.plan_or_default(subscription.plan).price(subscription.kind):
        return
    later = PlanPayment.objects.filter(
        account_id=payment.account_id,
        new_cycle=True,
        paid__gt=payment.paid,
        status__in=MONEY_IS_HERE,
    )
    (leave if later.exists() else end_now)(subscription, book, now)


def _reversed(row: Payable, debt: int) -> Event:
    return Event(
        key=f"{row.status}:{row.public_id}:{row.reversals}",
        account=row.account_id,
        code="purchase-reversed",
        parameters={
            "connects": getattr(row, "credits", 0) or getattr(row, "connects", 0),
            "debt": debt,
        },
    )
