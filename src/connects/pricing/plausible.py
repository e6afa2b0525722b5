"""Refuse facts that cannot be meant, with the name of the field that is wrong."""

from __future__ import annotations

from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, Range
from connects.vocabulary.refusals import RefusalCode, Refused

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
            return _refused(field, "negative")
        if cents is not None and cents > CENTS_MOST:
            return _refused(field, "too_large")
    least, most = facts.hourly_min_cents, facts.hourly_max_cents
    if least is not None and most is not None and least > most:
        return _refused("hourly_max", "below_minimum")
    return _implausible_range("duration", facts.duration_days, DAYS_MOST) or _implausible_range(
        "hours_per_week", facts.hours_per_week, HOURS_A_WEEK_MOST
    )


def _implausible_range(field: str, span: Range | None, bound: int) -> Refused | None:
    if span is None:
        return None
    if span.least < 0:
        return _refused(field, "negative")
    if span.most is not None and span.most < span.least:
        return _refused(field, "below_minimum")
    return _refused(field, "too_large") if max(span.least, span.most or 0) > bound else None


def _refused(field: str, problem: str) -> Refused:
    return Refused(RefusalCode.INVALID, {"problem": problem, "field": field})
