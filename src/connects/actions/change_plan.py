"""Change the plan: what it costs and brings now, or from when on.

A dearer plan begins now, a cheaper one when the cycle ends: what was paid for is not taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.actions.billing_cycle import cycle_end, days_left
from connects.actions.party import Party
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.refusals import RefusalCode, Refused


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

    `begins` is when; `price` is charged and `connects` arrive then, where it is now. `new_cycle` says
    whether a cycle begins with it; `renews` is when the plan renews next.
    """

    plan: str
    title: str
    begins: datetime
    price: Money
    connects: Connects
    new_cycle: bool
    renews: datetime

    def is_now(self, now: datetime) -> bool:
        return self.begins <= now


def offer_plan(party: Party, cycle: Cycle, plan: str, now: datetime) -> PlanOffer | Refused:
    """What moving to that plan would do (plans and cycles clauses).

    Refused with `invalid` where there is no such plan, or nothing would change.
    """
    book = party.book
    if not book.has_plan(plan):
        return Refused(RefusalCode.INVALID, {"problem": "plan_unknown", "field": "plan"})
    if plan == party.plan and not cycle.next_plan:
        return Refused(RefusalCode.INVALID, {"problem": "plan_held", "field": "plan"})
    if plan == cycle.next_plan:
        return Refused(RefusalCode.INVALID, {"problem": "plan_chosen", "field": "plan"})
    present, wanted = book.plan(party.plan), book.plan(plan)
    if plan == party.plan:
        return PlanOffer(plan, wanted.title, now, Money(0, book.currency), 0, False, cycle.renews)
    if wanted.price_per_month <= present.price_per_month:
        later = Money(wanted.price_per_month, book.currency)
        connects = wanted.monthly_connects(party.kind)
        renews = cycle_end(cycle.anchor, cycle.renews)
        return PlanOffer(plan, wanted.title, cycle.renews, later, connects, True, renews)
    return _upgrade(party, cycle, plan, now)


def _upgrade(party: Party, cycle: Cycle, plan: str, now: datetime) -> PlanOffer:
    book = party.book
    present, wanted = book.plan(party.plan), book.plan(plan)
    price = wanted.price_per_month
    connects = wanted.monthly_connects(party.kind)
    if book.cycles.prorating == "none":
        renews = cycle_end(now, now)
        return PlanOffer(
            plan, wanted.title, now, Money(price, book.currency), connects, True, renews
        )
    price -= present.price_per_month
    connects = max(connects - present.monthly_connects(party.kind), 0)
    if book.cycles.prorating == "by_days":
        left, whole = days_left(cycle.start, cycle.renews, now)
        price, connects = _share(price, left, whole), -(-connects * left // whole)
    return PlanOffer(
        plan,
        wanted.title,
        now,
        Money(price, book.currency),
        connects,
        False,
        cycle.renews,
    )


def _share(cents: Cents, left: int, whole: int) -> Cents:
    """The part of a price for the days that are left, rounded down, in the member's favour."""
    return cents * left // whole
