"""Subscriptions as rows, and as the cycles that actions speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from connects.actions.billing_cycle import cycle_end
from connects.actions.change_plan import Cycle
from connects.market.members.selectors import Chain, carried_over
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.policy.terms import Plan, RuleBook
from connects.statements.rollover import Rollover
from connects.vocabulary.parties import AccountKind

_CHANGING = [
    "plan",
    "anchor",
    "cycle_start",
    "renews",
    "next_plan",
    "tries",
    "next_try",
    "next_drip",
]


def open_subscription(account: Account, book: RuleBook, now: datetime) -> Subscription:
    """Begin the first cycle of a new account, on the plan that everyone begins on."""
    plan = book.plan(book.default_plan)
    return Subscription.objects.create(
        account=account,
        plan=plan.name,
        anchor=now,
        cycle_start=now,
        renews=cycle_end(now, now),
        next_drip=first_drip(plan, now),
    )


def first_drip(plan: Plan, now: datetime) -> datetime | None:
    """When the plan's first single Connect comes to who is on it from now on; None: it has none."""
    return None if plan.drip is None else now + timedelta(minutes=plan.drip.every_minutes)


def cycle_of(subscription: Subscription) -> Cycle:
    """The cycle that the subscription is in."""
    return Cycle(
        subscription.anchor,
        subscription.cycle_start,
        subscription.renews,
        subscription.next_plan,
    )


def move_on(subscription: Subscription, plan: Plan, start: datetime) -> None:
    """Put the subscription (the row is not saved) into the cycle that begins at `start`."""
    if plan.name != subscription.plan:
        subscription.next_drip = first_drip(plan, start)
    subscription.plan = plan.name
    subscription.next_plan = ""
    subscription.cycle_start = start
    subscription.renews = cycle_end(subscription.anchor, start)
    subscription.tries = 0
    subscription.next_try = None


def save_all(subscriptions: Sequence[Subscription]) -> None:
    """Save what changed of many rows in one statement; the rows exist and are locked."""
    Subscription.objects.bulk_create(
        subscriptions,
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=_CHANGING,
    )


def locked(accounts: Iterable[int]) -> list[Subscription]:
    """Those of these subscriptions that nobody else is working on, locked until the end."""
    rows = Subscription.objects.select_for_update(of=("self",), skip_locked=True)
    return list(
        rows.select_related("account").filter(account_id__in=list(accounts)).order_by("account_id")
    )


def next_rollover(subscription: Subscription, chain: Chain) -> Rollover:
    """The subscription's next renewal, under the rule book that holds now."""
    kind = AccountKind(subscription.account.kind)
    book = chain[-1].book
    return Rollover(
        book=book,
        kind=kind,
        ended_plan=subscription.plan,
        new_plan=book.plan_or_default(subscription.next_plan or subscription.plan).name,
        when=subscription.renews,
        carried=carried_over(chain, kind, subscription.plan),
    )
