"""Leave a membership: accepted at any moment, and nothing is charged after it.

The hard moments are those in which money may be moving: while a failed renewal is retried, between the
renewal's instant and the worker, while a provider is silent. The cancellation is therefore written
where the process that moves the money reads it before and after: on the subscription (`next_plan`) and
on the payments in flight (`unwanted`). A request that had already gone to the provider is cancelled
there, or its money goes back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from connects.acts.memberships.open_subscription import cycle_of, first_drip
from connects.market.payments.care import CYCLE_KEY
from connects.market.payments.models import PaymentStatus
from connects.market.plans.models import PlanPayment
from connects.market.plans.rows import SubscriptionRow, save_subscriptions
from connects.movements.billing_cycle import cycle_end
from connects.movements.change_plan import PlanOffer, offer_plan
from connects.movements.party import Party
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Refused


def leaving_offer(
    party: Party, subscription: SubscriptionRow, now: datetime
) -> PlanOffer | Refused:
    """When the plan that everyone begins on takes over: with the month, or now where the next month is
    not paid yet. Refused with `invalid` where the member has left already.
    """
    offer = offer_plan(party, cycle_of(subscription), party.book.default_plan, now)
    if isinstance(offer, Refused):
        return offer
    if not is_unpaid(subscription, now):
        return offer
    return replace(
        offer,
        at_once=True,
        begins=subscription.renews,
        renews=cycle_end(subscription.anchor, subscription.renews),
    )


def is_unpaid(subscription: SubscriptionRow, now: datetime) -> bool:
    """Whether a month has begun whose payment is due, in flight, or tried again."""
    return subscription.next_try is not None or subscription.renews <= now


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


def nothing_charged(party: Party, subscription: SubscriptionRow, now: datetime) -> PlanOffer:
    """The offer to stay on the free plan, which cancels a pending move to another one."""
    return PlanOffer(
        plan=party.plan,
        title=party.book.plan(party.plan).title,
        at_once=True,
        begins=now,
        price=Money(0, party.book.currency),
        connects=0,
        new_cycle=False,
        renews=subscription.renews,
    )
