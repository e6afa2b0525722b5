"""Open the subscription of a new account, or of one that comes in from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.market.many_rows import new_row
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.movements.billing_cycle import cycle_end
from connects.policy.terms import Plan, RuleBook
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
    values = {
        "account_id": account.pk,
        "kind": account.kind,
        "plan": plan.name,
        "anchor": anchor,
        "cycle_start": start,
        "renews": cycle_end(anchor, start),
        "next_drip": first_drip(plan, at),
    }
    return new_row(Subscription, values, account=account)


def first_drip(plan: Plan, now: datetime) -> datetime | None:
    """When the plan's first single Connect comes to who is on it from now on; None: it has none."""
    return None if plan.drip is None else now + timedelta(minutes=plan.drip.every_minutes)
