"""A job's projected value.

A fixed price is worth its budget, an hourly job its rate times its hours a week times its weeks. The
hard case is what clients leave out or do not mean: whatever is missing is assumed from the rule book's
numbers, a placeholder budget is not believed, and every step that was assumed is among the reasons
(RULES 2.1 and 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.projection import Placeholder, ValueRules
from connects.pricing import reasons
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind, Range
from connects.vocabulary.refusals import Reason

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class ProjectedValue:
    """What a job is worth, in cents, and the steps that led there."""

    cents: Cents
    reasons: tuple[Reason, ...]


def projected_value(facts: JobFacts, rules: ValueRules) -> ProjectedValue:
    """The value of a job under a rule book's value clause."""
    if facts.kind is JobKind.FIXED:
        return _fixed_value(facts, rules)
    if _says_nothing(facts):
        return _from_similar_jobs(facts, rules, ())
    return _from_work(facts, rules, ())


def _says_nothing(facts: JobFacts) -> bool:
    stated = (facts.hourly_min_cents, facts.hourly_max_cents, facts.level)
    return all(fact is None for fact in stated) and not _says_how_much_work(facts)


def _says_how_much_work(facts: JobFacts) -> bool:
    return facts.duration_days is not None or facts.hours_per_week is not None


def _fixed_value(facts: JobFacts, rules: ValueRules) -> ProjectedValue:
    budget = facts.budget_cents
    doubt = _doubt(facts, rules)
    if budget is not None and doubt is None:
        return ProjectedValue(
            budget, (Reason(reasons.VALUE_FROM_BUDGET, {"budget_cents": budget}),)
        )
    first = () if doubt is None else (doubt,)
    if _says_how_much_work(facts):
        return _from_work(facts, rules, first)
    return _from_similar_jobs(facts, rules, first)


def _doubt(facts: JobFacts, rules: ValueRules) -> Reason | None:
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
    return None


def _least_plausible(facts: JobFacts, placeholder: Placeholder) -> Cents:
    """What the least work that the post speaks of would cost at a rate that nobody works for."""
    if facts.duration_days is None:
        return 0
    hours = placeholder.least_hours_per_week
    if facts.hours_per_week is not None:
        hours = facts.hours_per_week.least
    rate = placeholder.implausible_hourly.of(facts.level)
    return rate * hours * facts.duration_days.least // DAYS_A_WEEK


def _from_similar_jobs(
    facts: JobFacts, rules: ValueRules, first: tuple[Reason, ...]
) -> ProjectedValue:
    cents = rules.similar_jobs.of(facts.kind, facts.category)
    reason = Reason(reasons.VALUE_FROM_SIMILAR_JOBS, {"value_cents": cents})
    return ProjectedValue(cents, (*first, reason))


def _from_work(facts: JobFacts, rules: ValueRules, first: tuple[Reason, ...]) -> ProjectedValue:
    """Rate x hours a week x weeks, with whatever is left out assumed."""
    rate, rate_reason = _rate(facts, rules)
    assume = rules.assume
    found = list(first)
    if rate_reason is not None:
        found.append(rate_reason)
    hours = assume.hours_per_week
    if facts.hours_per_week is None:
        found.append(Reason(reasons.HOURS_ASSUMED, {"hours_per_week": hours}))
    else:
        hours = _middle(facts.hours_per_week, assume.hours_per_week_open)
    days = assume.days
    if facts.duration_days is None:
        found.append(Reason(reasons.DURATION_ASSUMED, {"days": days}))
    else:
        days = _middle(facts.duration_days, assume.days_open)
    parameters = {"rate_cents": rate, "hours_per_week": hours, "days": days}
    found.append(Reason(reasons.VALUE_FROM_RATE, parameters))
    return ProjectedValue(rate * hours * days // DAYS_A_WEEK, tuple(found))


def _rate(facts: JobFacts, rules: ValueRules) -> tuple[Cents, Reason | None]:
    """Cents an hour, and what was assumed to get there."""
    stated = [c for c in (facts.hourly_min_cents, facts.hourly_max_cents) if c is not None]
    if stated:
        return sum(stated) // len(stated), None
    rate = rules.assume.hourly_rate.of(facts.level)
    if facts.level is None:
        return rate, Reason(reasons.RATE_ASSUMED, {"rate_cents": rate})
    return rate, Reason(reasons.RATE_FROM_LEVEL, {"level": facts.level.value, "rate_cents": rate})


def _middle(span: Range, when_open: int) -> int:
    """The middle of a range, at least 1; the rule book's number where it has no upper end."""
    if span.most is None:
        return max(when_open, span.least)
    return max((span.least + span.most) // 2, 1)
