"""The value of a job whose stated budget may be a placeholder: stated and usual amounts, mixed.

A higher budget must never make a job worth less, though it is also less doubted. So chances are asked
only for the amounts that clients usually state, and the value of a budget is the least mixture of all
usual amounts from it up to the first that would be believed. That rises with the budget, because ever
fewer amounts are left to take the least of. It rises with level and length, because chances and usual
amounts do. And it never passes the least budget that would be believed. A doubted budget is raised or
left as it is, never lowered: an amount that is too high lowers no price.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from connects.policy.projection import Doubt
from connects.pricing.placeholder import chance_of_placeholder
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind

STEPS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
USUAL: tuple[Cents, ...] = (1, *(step * 10**power for power in range(10) for step in STEPS))
"""Amounts that clients usually state; a budget counts as the one that it reaches."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The value of a doubted budget, and the chance that it is a placeholder."""

    cents: Cents
    chance_percent: int


def mixture(facts: JobFacts, rule: Doubt, usual_cents: Cents) -> Mixture | None:
    """The stated budget mixed with what is usual; None where there is none, or it is believed."""
    budget = facts.budget_cents
    if budget is None or facts.kind is not JobKind.FIXED:
        return None
    start = max(bisect_right(USUAL, budget) - 1, 0)
    first = _chance(facts, USUAL[start])
    bound = rule.believed_up_to(budget_open=facts.budget_open)
    if 100 * first <= bound:
        return None
    least = _mixed(USUAL[start], first, usual_cents)
    for amount in USUAL[start + 1 :]:
        if amount >= least:
            break
        chance = _chance(facts, amount)
        believed = 100 * chance <= bound
        least = min(least, amount if believed else _mixed(amount, chance, usual_cents))
    return Mixture(max(budget, least), int(100 * first))


def _mixed(amount: Cents, chance: float, usual_cents: Cents) -> Cents:
    return amount + int(chance * max(usual_cents - amount, 0))


def is_doubted(facts: JobFacts, rule: Doubt | None) -> bool:
    """Whether to ask the client: the budget is too little, or was typed without a thought."""
    if rule is None:
        return False
    if mixture(replace(facts, budget_open=True), rule, 0) is not None:
        return True
    return 100 * chance_of_placeholder(facts) > rule.asked_over


def _chance(facts: JobFacts, budget_cents: Cents) -> float:
    return chance_of_placeholder(replace(facts, budget_cents=budget_cents))
