"""Subscriptions as rows, and as the cycles that actions speak of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from connects.journal.port import Posted
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.plans.rows import SubscriptionRow
from connects.movements.billing_cycle import cycle_end
from connects.movements.change_plan import Cycle
from connects.policy.terms import Plan, RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.moments import add_months


def open_subscription(account: Account, book: RuleBook, now: datetime) -> Subscription:
    """Begin the first cycle of a new account, on the plan that everyone begins on."""
    plan = book.plan(book.default_plan)
    return Subscription.objects.create(
        account=account,
        kind=account.kind,
        plan=plan.name,
        anchor=now,
        cycle_start=now,
        renews=cycle_end(now, now),
        next_drip=first_drip(plan, now),
    )


def subscription_since(
    account: Account, book: RuleBook, anchor: datetime, at: datetime
) -> Subscription:
    """The subscription, to be saved, of who has been here since `anchor`: its cycle that runs at `at`."""
    months = (at.year - anchor.year) * 12 + at.month - anchor.month
    start = add_months(anchor, months)
    if start > at:
        start = add_months(anchor, months - 1)
    plan = book.plan(book.default_plan)
    return Subscription(
        account=account,
        kind=account.kind,
        plan=plan.name,
        anchor=anchor,
        cycle_start=start,
        renews=cycle_end(anchor, start),
        next_drip=first_drip(plan, at),
    )


def first_drip(plan: Plan, now: datetime) -> datetime | None:
    """When the plan's first single Connect comes to who is on it from now on; None: it has none."""
    return None if plan.drip is None else now + timedelta(minutes=plan.drip.every_minutes)


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
