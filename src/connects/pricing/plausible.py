"""Refuse facts that cannot be meant, with the name of the field that is wrong."""

from __future__ import annotations

from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, Range
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

CENTS_MOST: Cents = 100_000_000_00
DAYS_MOST = 100_000
HOURS_A_WEEK_MOST = 168


def implausible(facts: JobFacts) -> Refused | None:
    """The refusal of the first field that cannot be meant; None if all can be."""
    for field, cents in (
        ("budget", facts.budget_cents),
        ("hourly_min", facts.hourly_min_cents),
        ("hourly_max", facts.hourly_max_cents),
    ):
        if cents is not None and cents < 0:
            return invalid(Problem.NEGATIVE, field=field)
        if cents is not None and cents > CENTS_MOST:
            return invalid(Problem.TOO_LARGE, field=field)
    least, most = facts.hourly_min_cents, facts.hourly_max_cents
    if least is not None and most is not None and least > most:
        return invalid(Problem.BELOW_MINIMUM, field="hourly_max")
    return _implausible_range("duration", facts.duration_days, DAYS_MOST) or _implausible_range(
        "hours_per_week", facts.hours_per_week, HOURS_A_WEEK_MOST
    )


def _implausible_range(field: str, span: Range | None, bound: int) -> Refused | None:
    if span is None:
        return None
    if span.least < 0:
        return invalid(Problem.NEGATIVE, field=field)
    if span.most is not None and span.most < span.least:
        return invalid(Problem.BELOW_MINIMUM, field=field)
    return (
        invalid(Problem.TOO_LARGE, field=field) if max(span.least, span.most or 0) > bound else None
    )
