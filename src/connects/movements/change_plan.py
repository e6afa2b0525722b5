"""Change the plan: what it costs and brings now, or from when on.

A more expensive plan begins now, a cheaper one when the cycle ends: what was paid for is not taken
away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from connects.movements.billing_cycle import cycle_end, days_left
from connects.movements.party import Party
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


@dataclass(frozen=True, slots=True)
class Cycle:
    """The billing cycle that an account is in; `next_plan` is what it ends with ("": the same)."""

    anchor: datetime
    start: datetime
    renews: datetime
    next_plan: str = ""


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """What moving to `plan` does.

    `begins` is when, `at_once` whether that is now; `price` is charged and `connects` arrive then.
    `new_cycle` says whether a cycle begins with it; `renews` is when the plan renews next.
    """

    plan: str
    title: str
    at_once: bool
    begins: datetime
    price: Money
    connects: Connects
    new_cycle: bool
    renews: datetime


def offer_plan(party: Party, cycle: Cycle, plan: str, now: datetime) -> PlanOffer | Refused:
    """What moving to that plan would do (plans and cycles clauses).

    Refused with `invalid` where there is no such plan, or nothing would change.
    """
    book = party.book
    if not book.has_plan(plan):
        return invalid(Problem.PLAN_UNKNOWN, field="plan")
    if plan == party.plan and not cycle.next_plan:
        return invalid(Problem.PLAN_HELD, field="plan")
    if plan == cycle.next_plan:
        return invalid(Problem.PLAN_CHOSEN, field="plan")
    present, wanted = book.plan(party.plan), book.plan(plan)
    offer = PlanOffer(
        plan=plan,
        title=wanted.title,
        at_once=True,
        begins=now,
        price=Money(0, book.currency),
        connects=0,
        new_cycle=False,
        renews=cycle.renews,
    )
    if plan == party.plan:
        return offer
    if wanted.price(party.kind) > present.price(party.kind):
        return _upgrade(offer, party, cycle)
    return replace(
        offer,
        at_once=False,
        begins=cycle.renews,
        price=Money(wanted.price(party.kind), book.currency),
        connects=wanted.monthly_connects(party.kind),
        new_cycle=True,
        renews=cycle_end(cycle.anchor, cycle.renews),
    )


def _upgrade(offer: PlanOffer, party: Party, cycle: Cycle) -> PlanOffer:
    book, now = party.book, offer.begins
    present, wanted = book.plan(party.plan), book.plan(offer.plan)
    price = wanted.price(party.kind)
    connects = wanted.monthly_connects(party.kind)
    filled = 0
    if book.cycles.upgrade_fills_quota:
        filled = max(wanted.quota(party.kind) - present.quota(party.kind), 0)
    if book.cycles.prorating == "none":
        full = Money(price, book.currency)
        return replace(
            offer,
            price=full,
            connects=connects + filled,
            new_cycle=True,
            renews=cycle_end(now, now),
        )
    price -= present.price(party.kind)
    connects = max(connects - present.monthly_connects(party.kind), 0)
    if book.cycles.prorating == "by_days":
        left, whole = days_left(cycle.start, cycle.renews, now)
        price, connects = _share(price, left, whole), -(-connects * left // whole)
    return replace(offer, price=Money(price, book.currency), connects=connects + filled)


def _share(cents: Cents, left: int, whole: int) -> Cents:
    """The part of a price for the days that are left, rounded down, in the member's favour."""
    return cents * left // whole
