"""A renewal that could not be paid: when it is tried again, and what its owner is told.

The tries of the rule book have their instants, spread over its days. A try that the owner asks for comes
on top and uses none of them up: whoever presses the button too early loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from connects.journal.port import Posted
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import SubscriptionRow
from connects.policy.terms import Payment, Plan
from connects.vocabulary.events import Event


def next_try_after(cycle: datetime, at: datetime, payment: Payment) -> datetime | None:
    """When a payment that failed at `at` is tried again; None: that was the last try."""
    if payment.failed_renewal == "at_once":
        return None
    return next((instant for instant in _tries_after(cycle, payment) if instant > at), None)


def gives_up(cycle: datetime, payment: Payment) -> datetime:
    """The instant of the last try, with which the membership ends if it fails, too."""
    return cycle + timedelta(days=payment.dunning.days)


def _tries_after(cycle: datetime, payment: Payment) -> Sequence[datetime]:
    dunning = payment.dunning
    spread = timedelta(days=dunning.days)
    return [cycle + spread * n / (dunning.tries - 1) for n in range(1, dunning.tries)]


def failed(row: SubscriptionRow, plan: Plan, ends: datetime, payment: PlanPayment) -> Event:
    """What the owner hears of a try that failed, and that others follow."""
    assert row.next_try is not None, "the next try is known before it is told"
    return Event(
        key=f"payment-failed:{row.account}:{row.renews.isoformat()}:{row.tries}",
        account=row.account,
        code="membership-payment-failed",
        parameters={
            "plan": plan.title,
            "next_try": row.next_try.isoformat(),
            "ends": ends.isoformat(),
            "cause": payment.cause,
            "cents": payment.total_cents,
            "currency": payment.currency,
        },
    )


def ended(account: int, cycle: datetime, plan: Plan, posted: Sequence[Posted]) -> Event:
    """What the owner hears when the membership ends, with the balance if the end moved anything."""
    balances = [
        outcome.wallet.balance
        for outcome in posted
        if outcome.record is not None and outcome.record.entry.wallet == account
    ]
    return Event(
        key=f"membership-ended:{account}:{cycle.isoformat()}",
        account=account,
        code="membership-ended",
        parameters={"plan": plan.title, "balance": balances[-1] if balances else None},
    )
