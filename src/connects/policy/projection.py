"""How a post's projected value is found: what to assume, and which budgets not to believe."""

from __future__ import annotations

from pydantic import Field, StrictStr

from connects.policy.clause import CentsFromText, Clause, Percent, Positive, Terms
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind, Level


class RateByLevel(Terms):
    """Money an hour, by the experience that is asked for; `unknown` where none is named."""

    entry: CentsFromText
    intermediate: CentsFromText
    expert: CentsFromText
    unknown: CentsFromText

    def of(self, level: Level | None) -> Cents:
        return self.unknown if level is None else int(getattr(self, level.value))


class Assumptions(Terms):
    """What stands in for what a post leaves out. `_open` is for ranges without an upper end.

    Eight of ten rates, hours and lengths lie within a factor of `spread` of what is assumed.
    """

    hourly_rate: RateByLevel
    hours_per_week: Positive
    days: Positive
    hours_per_week_open: Positive
    days_open: Positive
    spread: Positive = 3


class Placeholder(Terms):
    """Which stated budgets are not believed.

    Those up to `up_to`; those that would pay less than `implausible_hourly` for the least hours
    that the post implies (its least duration at its own hours, or at `least_hours_per_week`); and those
    whose chance of not being meant (`pricing/placeholder.py`) is over `chance_over_percent`.
    """

    up_to: CentsFromText
    implausible_hourly: RateByLevel
    least_hours_per_week: Positive
    chance_over_percent: Percent | None = None


class SimilarJobs(Terms):
    """What a post is worth of which nothing is known but its kind, and perhaps its category.

    Eight of ten jobs lie between that divided by `spread` and that times `spread`.
    """

    fixed: CentsFromText
    hourly: CentsFromText
    by_category: dict[StrictStr, CentsFromText] = Field(default_factory=dict)
    spread: Positive = 8

    def of(self, kind: JobKind, category: str | None) -> Cents:
        if category is not None and category in self.by_category:
            return self.by_category[category]
        return self.fixed if kind is JobKind.FIXED else self.hourly


class ValueRules(Clause):
    """The clause that says how value is projected."""

    assume: Assumptions
    similar_jobs: SimilarJobs
    placeholder: Placeholder | None = None
