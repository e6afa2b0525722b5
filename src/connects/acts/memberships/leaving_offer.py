"""What leaving a membership comes to, before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from connects.acts.memberships.next_cycle import cycle_of
from connects.market.plans.rows import SubscriptionRow
from connects.movements.billing_cycle import cycle_end
from connects.movements.change_plan import PlanOffer, offer_plan
from connects.movements.party import Party
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
