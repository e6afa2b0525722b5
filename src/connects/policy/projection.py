"""How a post's projected value is found: what to assume, and which budgets not to believe."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, StrictStr, model_validator

from connects.policy.clause import CentsFromText, Clause, Percent, Positive, Terms
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind, Level, Range
from connects.vocabulary.kinds_of_work import Work, kind_of_work


class RateByLevel(Terms):
    """Money an hour, by the experience that is asked for; `unknown` where none is named."""

    entry: CentsFromText
    intermediate: CentsFromText
    expert: CentsFromText
    unknown: CentsFromText

    def of(self, level: Level | None) -> Cents:
        return self.unknown if level is None else int(getattr(self, level.value))


class RatePercentByWork(Terms):
    """What work of a kind pays an hour, in percent of what work of its level does in general."""

    accounting: Positive = 100
    admin: Positive = 100
    data: Positive = 100
    design: Positive = 100
    engineering: Positive = 100
    legal: Positive = 100
    networks: Positive = 100
    sales: Positive = 100
    software: Positive = 100
    translation: Positive = 100
    writing: Positive = 100

    def of(self, category: str | None) -> int:
        work = kind_of_work(category)
        return 100 if work is None else int(getattr(self, work.value))


class RatesByWork(Terms):
    """Money an hour by the kind of work, and in each by the level, which never lowers it.

    What experience is worth differs from kind to kind. Kinds that are left out go by the level alone.
    """

    accounting: RateByLevel | None = None
    admin: RateByLevel | None = None
    data: RateByLevel | None = None
    design: RateByLevel | None = None
    engineering: RateByLevel | None = None
    legal: RateByLevel | None = None
    networks: RateByLevel | None = None
    sales: RateByLevel | None = None
    software: RateByLevel | None = None
    translation: RateByLevel | None = None
    writing: RateByLevel | None = None

    @model_validator(mode="after")
    def _rises(self) -> RatesByWork:
        falling = [work.value for work in Work if not self._rises_for(work)]
        if falling:
            raise ValueError(f"rates that do not fall with the level for {', '.join(falling)}")
        return self

    def _rises_for(self, work: Work) -> bool:
        rates: RateByLevel | None = getattr(self, work.value)
        return rates is None or rates.entry <= rates.intermediate <= rates.expert

    def of(self, level: Level | None, category: str | None) -> Cents | None:
        work = kind_of_work(category)
        rates: RateByLevel | None = None if work is None else getattr(self, work.value)
        return None if rates is None else rates.of(level)


class Assumptions(Terms):
    """What stands in for what a post leaves out. `_open` is for ranges without an upper end.

    Eight of ten rates, hours and lengths lie within a factor of `spread` of what is assumed.
    """

    hourly_rate: RateByLevel
    rate_percent: RatePercentByWork = RatePercentByWork()
    hourly_rate_by_work: RatesByWork = RatesByWork()
    hours_per_week: Positive
    days: Positive
    hours_per_week_open: Positive
    days_open: Positive
    spread: Positive = 3

    def rate_of(self, level: Level | None, category: str | None) -> Cents:
        """The usual rate of the level in the category's kind of work."""
        by_work = self.hourly_rate_by_work.of(level, category)
        if by_work is not None:
            return by_work
        return self.hourly_rate.of(level) * self.rate_percent.of(category) // 100


class Doubt(Terms):
    """Budgets whose chance of being placeholders (`pricing/placeholder.py`) is over this are doubted.

    The client is asked, from `asks_over_percent` on if that is lower. The job's value mixes the stated
    and the usual amount by that chance. Proposals are charged by what is stated until the client says
    that the budget is open.
    """

    over_percent: Percent
    asks_over_percent: Percent | None = None

    @model_validator(mode="after")
    def _asks_of_all_it_doubts(self) -> Doubt:
        if self.asked_over > self.over_percent:
            raise ValueError("asks_over_percent that is not over over_percent")
        return self

    @property
    def asked_over(self) -> int:
        return self.over_percent if self.asks_over_percent is None else self.asks_over_percent

    def believed_up_to(self, *, budget_open: bool) -> int:
        """Up to which chance, in percent, a budget is believed. Open ones were all asked about."""
        return self.asked_over if budget_open else self.over_percent


class Placeholder(Terms):
    """The stated budgets that are not believed, as rule books said it before there was `Doubt`.

    Their values follow from rate, hours and days, and may fall as a budget rises.

    Not believed are budgets up to `up_to`; those that would pay less than `implausible_hourly` for the
    least hours that the post implies (its least duration at its own hours, or at
    `least_hours_per_week`); and those whose chance of being a placeholder (`pricing/placeholder.py`) is
    over `chance_over_percent`.
    """

    up_to: CentsFromText
    implausible_hourly: RateByLevel
    least_hours_per_week: Positive
    chance_over_percent: Percent | None = None


class ByLength(Terms):
    """Typical budgets by how long the work takes; `unknown` where that is not said."""

    under_month: CentsFromText
    one_to_three_months: CentsFromText
    three_to_six_months: CentsFromText
    over_six_months: CentsFromText
    unknown: CentsFromText

    def rising(self) -> tuple[Cents, ...]:
        """The budgets from the shortest length to the longest."""
        return (
            self.under_month,
            self.one_to_three_months,
            self.three_to_six_months,
            self.over_six_months,
        )

    def of(self, duration: Range | None) -> Cents:
        if duration is None:
            return self.unknown
        return self.rising()[_length(duration)]


_LENGTHS_FROM_DAYS = (30, 90, 180)


class FixedJobs(Terms):
    """Typical budgets of fixed-price jobs, by level and length. Neither more of one lowers them."""

    entry: ByLength
    intermediate: ByLength
    expert: ByLength
    unknown: ByLength

    @model_validator(mode="after")
    def _rises(self) -> FixedJobs:
        problems = [*self._falling_by_length(), *self._falling_by_level()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _falling_by_length(self) -> Iterator[str]:
        for name in ("entry", "intermediate", "expert", "unknown"):
            cents = getattr(self, name).rising()
            if list(cents) != sorted(cents):
                yield f"budgets that do not fall with the length for {name}"

    def _falling_by_level(self) -> Iterator[str]:
        levels = (self.entry, self.intermediate, self.expert)
        lengths = zip(*((*each.rising(), each.unknown) for each in levels), strict=True)
        if any(list(cents) != sorted(cents) for cents in lengths):
            yield "budgets that do not fall with the level"

    def of(self, level: Level | None, duration: Range | None) -> Cents:
        by_length: ByLength = self.unknown if level is None else getattr(self, level.value)
        return by_length.of(duration)


TYPICAL_PERCENT: dict[Level | None, tuple[int, ...]] = {
    Level.ENTRY: (25, 100, 100, 200, 50),
    Level.INTERMEDIATE: (50, 200, 200, 280, 100),
    Level.EXPERT: (100, 300, 470, 470, 150),
    None: (50, 200, 300, 300, 100),
}
"""Typical budgets by level, from the shortest length to the longest and then of unknown length.

In percent of those of all fixed-price jobs: medians of real posts of January 2023 (docs/medians.csv),
rounded, made to rise where chance had them fall. They stand in where a rule book has no table."""


def typical_percent(level: Level | None, duration: Range | None) -> int:
    """What a fixed-price job of this level and length typically pays, of what all of them do."""
    percents = TYPICAL_PERCENT[level]
    return percents[-1] if duration is None else percents[_length(duration)]


def _length(duration: Range) -> int:
    return sum(duration.least >= days for days in _LENGTHS_FROM_DAYS)


class FixedByWork(Terms):
    """Typical budgets of fixed-price jobs that name neither level nor length, by the kind of work.

    Kinds that are left out pay what such jobs do in general.
    """

    accounting: CentsFromText | None = None
    admin: CentsFromText | None = None
    data: CentsFromText | None = None
    design: CentsFromText | None = None
    engineering: CentsFromText | None = None
    legal: CentsFromText | None = None
    networks: CentsFromText | None = None
    sales: CentsFromText | None = None
    software: CentsFromText | None = None
    translation: CentsFromText | None = None
    writing: CentsFromText | None = None

    def of(self, category: str | None) -> Cents | None:
        work = kind_of_work(category)
        found: Cents | None = None if work is None else getattr(self, work.value)
        return found


class SimilarJobs(Terms):
    """What a post is worth of which nothing is known but its kind, and perhaps its category.

    Eight of ten jobs lie between that divided by `spread` and that times `spread`. `fixed_by` says it
    of fixed-price jobs by their level and length, `by_work` of those that name neither.
    """

    fixed: CentsFromText
    hourly: CentsFromText
    by_category: dict[StrictStr, CentsFromText] = Field(default_factory=dict)
    spread: Positive = 8
    fixed_by: FixedJobs | None = None
    by_work: FixedByWork = FixedByWork()

    def fixed_like(self, facts: JobFacts) -> Cents:
        """The typical budget of fixed-price jobs of the post's level and length."""
        if facts.category is not None and facts.category in self.by_category:
            return self.by_category[facts.category]
        if facts.level is None and facts.duration_days is None:
            by_work = self.by_work.of(facts.category)
            if by_work is not None:
                return by_work
        if self.fixed_by is not None:
            return self.fixed_by.of(facts.level, facts.duration_days)
        return self.fixed * typical_percent(facts.level, facts.duration_days) // 100

    def of(self, kind: JobKind, category: str | None) -> Cents:
        if category is not None and category in self.by_category:
            return self.by_category[category]
        return self.fixed if kind is JobKind.FIXED else self.hourly


class ValueRules(Clause):
    """The clause that says how value is projected."""

    assume: Assumptions
    similar_jobs: SimilarJobs
    placeholder: Placeholder | None = None
    doubt: Doubt | None = None

    @model_validator(mode="after")
    def _doubts_in_one_way(self) -> ValueRules:
        if self.placeholder is not None and self.doubt is not None:
            raise ValueError("either placeholder or doubt, not both")
        return self
