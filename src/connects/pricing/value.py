"""A job's projected value, and the interval that it lies in with a chance of some 80 %.

A fixed price is worth its budget, an hourly job its rate times its hours a week times its weeks. The
hard case is what clients leave out or do not mean. The value is then what a model of past posts
estimates, where one is installed, or follows from the rule book's medians. A budget that may be a
placeholder is mixed with what is usual. Each assumption is one of the reasons (docs/rules.md 2.1,
docs/rules.md 2.2). What is charged follows the stated budget until the client says that it is open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from connects.policy.projection import ValueRules
from connects.pricing import reasons
from connects.pricing.doubt import DAYS_A_WEEK, doubt
from connects.pricing.mixture import Mixture, mixture
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate, JobFacts, JobKind, Range
from connects.vocabulary.refusals import Parameter, Reason


@dataclass(frozen=True, slots=True)
class ProjectedValue:
    """What a job is worth, in cents, the ends of its interval, and the steps that led there.

    The price follows `charged_cents`: the stated budget where a doubt about it has not been answered.
    """

    cents: Cents
    low_cents: Cents
    high_cents: Cents
    reasons: tuple[Reason, ...]
    stated_cents: Cents | None = None

    @property
    def charged_cents(self) -> Cents:
        return self.cents if self.stated_cents is None else self.stated_cents


@dataclass(frozen=True, slots=True)
class _Part:
    """One factor of an hourly job's value: a number, its ends, and what was assumed."""

    number: int
    low: int
    high: int
    reason: Reason | None = None


def projected_value(
    facts: JobFacts, rules: ValueRules, estimate: Estimate | None = None
) -> ProjectedValue:
    """The value of a job under a rule book's value clause."""
    if facts.kind is JobKind.FIXED:
        return _fixed_value(facts, rules, estimate)
    if _says_nothing(facts) and estimate is None:
        return _from_similar_jobs(facts, rules, ())
    return _from_work(facts, rules, estimate, ())


def uses_estimate(facts: JobFacts, rules: ValueRules) -> bool:
    """Whether the value would rest on an estimate, if there was one."""
    if facts.kind is JobKind.FIXED:
        rests = rules.doubt is not None and mixture(facts, rules.doubt, 0) is not None
        return rests or doubt(facts, rules) is not None
    return facts.hourly_min_cents is None and facts.hourly_max_cents is None


def _says_nothing(facts: JobFacts) -> bool:
    stated = (facts.hourly_min_cents, facts.hourly_max_cents, facts.level)
    return all(fact is None for fact in stated) and not _says_how_much_work(facts)


def _says_how_much_work(facts: JobFacts) -> bool:
    return facts.duration_days is not None or facts.hours_per_week is not None


def _fixed_value(facts: JobFacts, rules: ValueRules, estimate: Estimate | None) -> ProjectedValue:
    budget = facts.budget_cents
    if budget is not None and rules.doubt is not None:
        usual = _usual(facts, rules, estimate)
        mixed = mixture(facts, rules.doubt, usual.cents)
        if mixed is not None:
            return _mixed_value(facts, budget, mixed, usual)
    doubted = doubt(facts, rules)
    if budget is not None and doubted is None:
        stated = Reason(reasons.VALUE_FROM_BUDGET, {"budget_cents": budget})
        return ProjectedValue(budget, budget, budget, (stated,))
    first = () if doubted is None else (doubted,)
    if estimate is None and rules.placeholder is not None and _says_how_much_work(facts):
        return _from_work(facts, rules, None, first)
    usual = _usual(facts, rules, estimate)
    return replace(usual, reasons=(*first, *usual.reasons))


def _usual(facts: JobFacts, rules: ValueRules, estimate: Estimate | None) -> ProjectedValue:
    """What a fixed-price job is worth by all but its budget."""
    if estimate is None:
        return _from_similar_jobs(facts, rules, ())
    reason = Reason(reasons.VALUE_ESTIMATED, _parameters("value_cents", estimate))
    return ProjectedValue(estimate.cents, estimate.low_cents, estimate.high_cents, (reason,))


def _mixed_value(
    facts: JobFacts, budget: Cents, mixed: Mixture, usual: ProjectedValue
) -> ProjectedValue:
    """A doubted budget's value; what is charged follows it once the client says that it is open."""
    code = reasons.BUDGET_OPEN if facts.budget_open else reasons.BUDGET_DOUBTED
    said = Reason(code, {"budget_cents": budget, "chance_percent": mixed.chance_percent})
    weighed = Reason(reasons.VALUE_MIXED, {"budget_cents": budget, "value_cents": mixed.cents})
    found = [said, *usual.reasons, weighed]
    if not facts.budget_open:
        found.append(Reason(reasons.PRICE_FOLLOWS_BUDGET, {"budget_cents": budget}))
    high = max(mixed.cents, usual.high_cents)
    stated = None if facts.budget_open else budget
    return ProjectedValue(mixed.cents, budget, high, tuple(found), stated)


def _parameters(name: str, estimate: Estimate) -> dict[str, Parameter]:
    return {
        name: estimate.cents,
        "low_cents": estimate.low_cents,
        "high_cents": estimate.high_cents,
        "model": estimate.model,
    }


def _from_similar_jobs(
    facts: JobFacts, rules: ValueRules, first: tuple[Reason, ...]
) -> ProjectedValue:
    similar = rules.similar_jobs
    is_fixed = facts.kind is JobKind.FIXED and rules.placeholder is None
    cents = similar.fixed_like(facts) if is_fixed else similar.of(facts.kind, facts.category)
    found = (Reason(reasons.VALUE_FROM_SIMILAR_JOBS, {"value_cents": cents}),)
    low, high = cents // similar.spread, cents * similar.spread
    return ProjectedValue(cents, low, high, (*first, *found, Reason(reasons.NO_MODEL)))


def _from_work(
    facts: JobFacts, rules: ValueRules, estimate: Estimate | None, first: tuple[Reason, ...]
) -> ProjectedValue:
    """Rate x hours a week x weeks, with whatever is left out assumed."""
    rate = _rate(facts, rules, estimate)
    assume = rules.assume
    hours = _part(facts.hours_per_week, assume.hours_per_week_open)
    if hours is None:
        reason = Reason(reasons.HOURS_ASSUMED, {"hours_per_week": assume.hours_per_week})
        hours = _assumed(assume.hours_per_week, assume.spread, reason)
    days = _part(facts.duration_days, assume.days_open)
    if days is None:
        reason = Reason(reasons.DURATION_ASSUMED, {"days": assume.days})
        days = _assumed(assume.days, assume.spread, reason)
    parts = (rate, hours, days)
    found = [part.reason for part in parts if part.reason is not None]
    said = {"rate_cents": rate.number, "hours_per_week": hours.number, "days": days.number}
    found.append(Reason(reasons.VALUE_FROM_RATE, dict(said)))
    if rate.reason is not None and estimate is None:
        found.append(Reason(reasons.NO_MODEL))
    return ProjectedValue(
        rate.number * hours.number * days.number // DAYS_A_WEEK,
        rate.low * hours.low * days.low // DAYS_A_WEEK,
        rate.high * hours.high * days.high // DAYS_A_WEEK,
        (*first, *found),
    )


def _rate(facts: JobFacts, rules: ValueRules, estimate: Estimate | None) -> _Part:
    """Cents an hour, and what was assumed to get there."""
    stated = [c for c in (facts.hourly_min_cents, facts.hourly_max_cents) if c is not None]
    if stated:
        return _Part(sum(stated) // len(stated), min(stated), max(stated))
    if estimate is not None:
        reason = Reason(reasons.RATE_ESTIMATED, _parameters("rate_cents", estimate))
        return _Part(estimate.cents, estimate.low_cents, estimate.high_cents, reason)
    rate = rules.assume.rate_of(facts.level, facts.category)
    found = Reason(reasons.RATE_ASSUMED, {"rate_cents": rate})
    if facts.level is not None:
        parameters: dict[str, Parameter] = {"level": facts.level.value, "rate_cents": rate}
        found = Reason(reasons.RATE_FROM_LEVEL, parameters)
    return _assumed(rate, rules.assume.spread, found)


def _part(span: Range | None, when_open: int) -> _Part | None:
    """A stated range: its middle (the rule book's number where it is open), at least 1, and its ends."""
    if span is None:
        return None
    if span.most is None:
        middle = max(when_open, span.least)
        return _Part(middle, span.least, 2 * middle - span.least)
    middle = max((span.least + span.most) // 2, 1)
    return _Part(middle, span.least, max(span.most, middle))


def _assumed(number: int, spread: int, reason: Reason) -> _Part:
    return _Part(number, number // spread, number * spread, reason)
