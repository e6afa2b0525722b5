"""Leave a membership: accepted at any moment, and nothing is charged after it.

The hard moments are those in which money may be moving: while a failed renewal is retried, between the
renewal's instant and the worker, while a provider is silent. The cancellation is therefore written
where the process that moves the money reads it before and after: on the subscription (`next_plan`) and
on the payments in flight (`unwanted`). A request that had already gone to the provider is cancelled
there, or its money goes back.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from connects.acts.memberships.leaving_offer import is_unpaid
from connects.acts.memberships.open_subscription import first_drip
from connects.market.payments.care import CYCLE_KEY
from connects.market.payments.models import PaymentStatus
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import SubscriptionRow, save_subscriptions
from connects.policy.terms import RuleBook


def leave_plan(subscription: SubscriptionRow, book: RuleBook, now: datetime) -> None:
    """Note that the member leaves. Runs in a transaction, with the subscription locked.

    Where a month has begun that is not paid, `renewals.catch_up` begins it without the plan.
    """
    subscription.next_plan = book.default_plan
    if subscription.next_try is not None:
        subscription.next_try = now
    save_subscriptions((subscription,))
    want_no_longer(subscription.account, now)


def end_now(subscription: SubscriptionRow, book: RuleBook, now: datetime) -> None:
    """End the plan within its month, which goes on without it. As `leave`."""
    if is_unpaid(subscription, now):
        leave_plan(subscription, book, now)
        return
    plan = book.plan(book.default_plan)
    subscription.plan, subscription.next_plan = plan.name, ""
    subscription.next_drip = first_drip(plan, now)
    save_subscriptions((subscription,))
    want_no_longer(subscription.account, now)


def want_no_longer(account: int, now: datetime) -> bool:
    """Let nothing be taken for a plan any more; whether anything was in flight.

    A try that was declined may still be paid by a late message, so this concerns those, too.
    """
    rows = PlanPayment.objects.filter(account_id=account, unwanted__isnull=True)
    in_flight = Q(status=PaymentStatus.PENDING)
    found = rows.filter(in_flight).update(unwanted=now, look_again=now)
    rows.filter(status=PaymentStatus.DECLINED, key__startswith=CYCLE_KEY).update(unwanted=now)
    return bool(found)
