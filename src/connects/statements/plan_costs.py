"""What each plan would cost a member at the pace at which they use Connects.

The hard case is a rule book in which not everything can be bought: a plan that cannot bring what the
pace asks for has no price at it, and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.policy.terms import Plan, RuleBook
from connects.policy.worth import worth
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.parties import AccountKind
from connects.wording.messages import ngettext

PACE_MONTHS = 3
"""A member's pace is that of so many whole months at most."""


@dataclass(frozen=True, slots=True)
class PlanCost:
    """A month on a plan: its own price, and the price of what has to be bought beside it."""

    plan: Plan
    price: Money
    bought: Connects
    bought_for: Money

    @property
    def money(self) -> Money:
        return Money(self.price.cents + self.bought_for.cents, self.price.currency)


def pace_of(used: Sequence[Connects]) -> Connects:
    """How many Connects a month somebody uses who used so many in each of some months, rounded up."""
    return -(-sum(used) // len(used)) if used else 0


def plan_costs(book: RuleBook, kind: AccountKind, pace: Connects) -> tuple[PlanCost, ...]:
    """What a month of each plan costs at a pace, in the rule book's order."""
    costs = (_cost(book, kind, plan, pace) for plan in book.plans)
    return tuple(cost for cost in costs if cost is not None)


def _cost(book: RuleBook, kind: AccountKind, plan: Plan, pace: Connects) -> PlanCost | None:
    bought = max(pace - plan.monthly_connects(kind), 0)
    price, bought_for = Money(plan.price(kind), book.currency), worth(book, bought)
    if plan.drip is not None or (bought and book.bundles.paid_plans_only and not price.cents):
        return None
    if bought_for is None:
        return None if bought else PlanCost(plan, price, 0, Money(0, book.currency))
    return PlanCost(plan, price, bought, bought_for)


def plan_advice(costs: Sequence[PlanCost], plan: str, pace: Connects) -> str:
    """Which plan costs least at a pace, beside the one that is held; "" where there is no choice."""
    own = next((cost for cost in costs if cost.plan.name == plan), None)
    others = sorted((c for c in costs if c.plan.name != plan), key=lambda c: c.money.cents)
    if own is None or not others or not pace:
        return ""
    words = {
        "plan": own.plan.title,
        "cost": own.money,
        "other": others[0].plan.title,
        "other_cost": others[0].money,
    }
    if others[0].money.cents < own.money.cents:
        return ngettext(
            "At your pace of about {n} Connect a month, {other} would cost you less: {other_cost}"
            " a month in all. {plan} comes to {cost}.",
            "At your pace of about {n} Connects a month, {other} would cost you less: {other_cost}"
            " a month in all. {plan} comes to {cost}.",
            pace,
            **words,
        )
    return ngettext(
        "At your pace of about {n} Connect a month, {plan} suits you: it comes to {cost}"
        " a month in all, and {other} to {other_cost}.",
        "At your pace of about {n} Connects a month, {plan} suits you: it comes to {cost}"
        " a month in all, and {other} to {other_cost}.",
        pace,
        **words,
    )
