"""Whether a stated budget is the job's value (docs/rules.md 2.2)."""

from __future__ import annotations

from connects.policy.projection import Placeholder, ValueRules
from connects.pricing import reasons
from connects.pricing.placeholder import chance_of_placeholder
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts
from connects.vocabulary.refusals import Reason

DAYS_A_WEEK = 7


def doubt(facts: JobFacts, rules: ValueRules) -> Reason | None:
    """Why the stated budget is not the job's value, if it is not."""
    budget = facts.budget_cents
    if budget is None:
        return Reason(reasons.BUDGET_MISSING)
    placeholder = rules.placeholder
    if placeholder is None:
        return None
    if budget <= placeholder.up_to:
        return Reason(
            reasons.BUDGET_PLACEHOLDER,
            {"budget_cents": budget, "up_to_cents": placeholder.up_to},
        )
    least = _least_plausible(facts, placeholder)
    if budget < least:
        return Reason(
            reasons.BUDGET_CONTRADICTS_POST, {"budget_cents": budget, "least_cents": least}
        )
    return _likely(facts, budget, placeholder)


def _likely(facts: JobFacts, budget: Cents, placeholder: Placeholder) -> Reason | None:
    if placeholder.chance_over_percent is None:
        return None
    percent = int(100 * chance_of_placeholder(facts))
    if percent <= placeholder.chance_over_percent:
        return None
    return Reason(
        reasons.BUDGET_LIKELY_PLACEHOLDER, {"budget_cents": budget, "chance_percent": percent}
    )


def _least_plausible(facts: JobFacts, placeholder: Placeholder) -> Cents:
    """The cost of the least work that the post implies, at a rate that nobody works for."""
    if facts.duration_days is None:
        return 0
    hours = placeholder.least_hours_per_week
    if facts.hours_per_week is not None:
        hours = facts.hours_per_week.least
    rate = placeholder.implausible_hourly.of(facts.level)
    return rate * hours * facts.duration_days.least // DAYS_A_WEEK
