"""Subscriptions from cycle to cycle: the present one, the next, and what its member hears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connects.acts.memberships.open_subscription import first_drip
from connects.journal.port import Posted
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import SubscriptionRow
from connects.movements.billing_cycle import cycle_end
from connects.movements.change_plan import Cycle
from connects.policy.terms import Plan
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event


def cycle_of(subscription: SubscriptionRow) -> Cycle:
    """The cycle that the subscription is in."""
    return Cycle(
        subscription.anchor,
        subscription.cycle_start,
        subscription.renews,
        subscription.next_plan,
    )


def move_on(subscription: SubscriptionRow, plan: Plan, start: datetime) -> None:
    """Put the subscription (which is not saved) into the cycle that begins at `start`."""
    if plan.name != subscription.plan:
        subscription.next_drip = first_drip(plan, start)
    subscription.plan = plan.name
    subscription.next_plan = ""
    subscription.cycle_start = start
    subscription.renews = cycle_end(subscription.anchor, start)
    subscription.tries = 0
    subscription.next_try = None


def lots_begun(posted: Iterable[Posted]) -> dict[int, int]:
    """The number of the lot that each wallet's plan brought it."""
    entries = [one.record.entry for one in posted if one.record is not None]
    return {entry.wallet: entry.number for entry in entries if entry.lot is not None}


def plan_begun(payment: PlanPayment, title: str, balance: Connects, renews: datetime) -> Event:
    """What a member hears whose plan began: what came, what they hold now, and when it renews."""
    return Event(
        key=f"plan-begun:{payment.reference}",
        account=payment.account_id,
        code="plan-begun",
        parameters={
            "plan": title,
            "connects": payment.connects,
            "balance": balance,
            "renews": renews.isoformat(),
        },
    )
