"""Posts as clients write them: often with something left out."""

from __future__ import annotations

from random import Random

from connects.demo.texts import TASKS, job_texts, skills_for
from connects.market.jobs.fields import JobFields
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    JobKind,
    Level,
    Range,
)

BUDGETS = (5, 15, 30, 50, 75, 100, 150, 250, 400, 600, 900, 1_500, 3_000)
RATES = ((8, 15), (12, 20), (20, 35), (30, 60), (50, 90))
DURATIONS = (
    Range.exactly(3),
    UNDER_ONE_MONTH,
    ONE_TO_THREE_MONTHS,
    THREE_TO_SIX_MONTHS,
    OVER_SIX_MONTHS,
    None,
)
WORKLOADS = (UNDER_THIRTY_HOURS, THIRTY_HOURS_OR_MORE, None)


def job_fields(chance: Random) -> JobFields:
    """One post, from a seed."""
    category = chance.choice(tuple(TASKS))
    title, description = job_texts(chance, category)
    kind = chance.choice(tuple(JobKind))
    budget = least = most = None
    if kind is JobKind.FIXED and chance.random() < 0.95:
        budget = chance.choice(BUDGETS) * 100
    if kind is JobKind.HOURLY and chance.random() < 0.8:
        least, most = (dollars * 100 for dollars in chance.choice(RATES))
    return JobFields(
        title=title,
        description=description,
        kind=kind,
        budget_cents=budget,
        hourly_min_cents=least,
        hourly_max_cents=most,
        duration=chance.choice(DURATIONS),
        hours_per_week=chance.choice(WORKLOADS) if kind is JobKind.HOURLY else None,
        level=chance.choice((*Level, None)),
        category=category,
        skills=skills_for(category, title),
    )
