"""The price card: which band a post falls into, and what a proposal costs there.

A card's bands must divide all posts among them: none may fall into two bands, and none into no band.
Each condition therefore has an exact complement ("under 7 days, for certain" and "not certainly under
7 days", which takes in what is unknown), and `card_problems` tries every combination of the points at
which some condition changes its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictStr, model_validator

from connects.policy.adjustments import Adjustment
from connects.policy.clause import Clause, Count, Positive, Terms
from connects.policy.spans import DurationIs, HoursAre, ValueSpan
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.facts import JobFacts, JobKind, Range


class LowHigh(Terms):
    """Two prices, between which demand decides."""

    low: Count
    high: Count

    @model_validator(mode="after")
    def _in_order(self) -> LowHigh:
        if self.low > self.high:
            raise ValueError("a low price that is not above the high one")
        return self


def _one_price(value: Any) -> Any:
    """A single price is a low and a high one that are the same."""
    return {"low": value, "high": value} if type(value) is int else value


def _kind(value: Any) -> JobKind:
    try:
        return JobKind(value)
    except ValueError as error:
        raise ValueError("'fixed' or 'hourly'") from error


def _kinds(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Band(Terms):
    """A part of all posts, and what a proposal to one of them costs."""

    name: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    connects: Annotated[LowHigh, BeforeValidator(_one_price)]
    kinds: Annotated[
        tuple[Annotated[JobKind, BeforeValidator(_kind)], ...],
        BeforeValidator(_kinds),
    ] = tuple(JobKind)
    value: ValueSpan | None = None
    duration: DurationIs | None = None
    hours_per_week: HoursAre | None = None

    def holds(self, facts: JobFacts, value_cents: Cents) -> bool:
        """Whether a post of this projected value falls into the band."""
        return (
            facts.kind in self.kinds
            and (self.value is None or self.value.holds(value_cents))
            and (self.duration is None or self.duration.holds(facts.duration_days))
            and (self.hours_per_week is None or self.hours_per_week.holds(facts.hours_per_week))
        )


class DemandRule(Terms):
    """How demand picks within a band: the high price where the index is above this.

    So many jobs of average demand are mixed into each category's index, so that small ones say less.
    """

    high_above_thousandths: Positive
    fewest_jobs: Count
    average_jobs: Count = 0


class PriceCard(Clause):
    """What a proposal costs. With a ladder, every price is one of its steps."""

    bands: Annotated[list[Band], Field(min_length=1)]
    demand: DemandRule | None = None
    ladder: list[Count] = []
    adjustments: list[Adjustment] = []

    @model_validator(mode="after")
    def _divides_all_posts(self) -> PriceCard:
        problems = [*_ladder_problems(self), *_band_problems(self.bands)]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def stepped(self, connects: Connects, steps: int) -> Connects:
        """The price that many steps up (or down) the ladder, as far as the ladder goes."""
        place = min(max(self.ladder.index(connects) + steps, 0), len(self.ladder) - 1)
        return self.ladder[place]


def _ladder_problems(card: PriceCard) -> Iterator[str]:
    if card.ladder != sorted(set(card.ladder)):
        yield "a ladder whose steps rise"
    if card.adjustments and not card.ladder:
        yield "a ladder for the adjustments to climb"
    for band in card.bands:
        if card.ladder and not {band.connects.low, band.connects.high} <= set(card.ladder):
            yield f"a price on the ladder for band {band.name!r}"
        if card.demand is None and band.connects.low != band.connects.high:
            yield f"a demand rule to pick the price of band {band.name!r}"


def _band_problems(bands: list[Band]) -> Iterator[str]:
    names = [band.name for band in bands]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"bands with names of their own, not {name!r} twice"
    told: set[tuple[str, ...]] = set()
    for facts, cents in _corners(bands):
        found = tuple(band.name for band in bands if band.holds(facts, cents))
        if len(found) != 1 and found not in told:
            told.add(found)
            verdict = f"overlapping bands {', '.join(found)}" if found else "no band"
            yield f"exactly one band for every post; {verdict} for {_described(facts, cents)}"


def _corners(bands: list[Band]) -> Iterator[tuple[JobFacts, Cents]]:
    """A post on each side of every point at which some band's condition changes its answer."""
    values, days, hours = {0}, {1}, {1}
    for band in bands:
        if band.value is not None:
            values |= {band.value.least, band.value.least - 1, band.value.most, band.value.most + 1}
        if band.duration is not None:
            bound = band.duration.under_days or band.duration.not_under_days or 1
            days |= {bound - 1, bound}
        if band.hours_per_week is not None:
            bound = band.hours_per_week.at_least or band.hours_per_week.not_at_least or 1
            hours |= {bound - 1, bound}
    durations = [None, *map(Range.exactly, sorted(days))]
    workloads = [None, *map(Range.exactly, sorted(hours))]
    cents = sorted(value for value in values if 0 <= value <= 10**18)
    for kind, value, duration, workload in product(JobKind, cents, durations, workloads):
        yield JobFacts(kind=kind, duration_days=duration, hours_per_week=workload), value


def _described(facts: JobFacts, cents: Cents) -> str:
    length = "unknown length" if facts.duration_days is None else f"{facts.duration_days.most} days"
    hours = "unknown" if facts.hours_per_week is None else facts.hours_per_week.most
    return f"a {facts.kind} job of {cents} cents, {length}, {hours} hours a week"
