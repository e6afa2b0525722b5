"""Whether more money ever costs less under a rule book, and more work is ever worth less.

Prices change at few places: at the ends of the card's bands, at the amounts that chances are asked for,
and between the lengths, hours and levels that a post can state. Posts on both sides of each of these are
priced in rising order; the first pair that falls is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from connects.policy.terms import RuleBook
from connects.pricing.doubt import DAYS_A_WEEK
from connects.pricing.mixture import USUAL
from connects.pricing.plausible import CENTS_MOST
from connects.pricing.quote import Price, price
from connects.pricing.value import projected_value
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    Demand,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from connects.vocabulary.kinds_of_work import Work

LENGTHS = (
    Range(1, 6),
    UNDER_ONE_MONTH,
    ONE_TO_THREE_MONTHS,
    THREE_TO_SIX_MONTHS,
    OVER_SIX_MONTHS,
)
HOURS = (UNDER_THIRTY_HOURS, THIRTY_HOURS_OR_MORE)
DEMANDS = (Demand(), Demand(10_000))
TEXTS = (None, 100, 3_000)
TYPED = (5_55, 9_99, 11_00, 22_00, 55_00, 99_00, 111_00, 123_00, 555_00, 999_00, 1234_00, 99999_00)
"""Amounts that look typed without a thought."""


@dataclass(frozen=True, slots=True)
class Break:
    """Two posts, the second with more money or more work, of which the second comes to less.

    `before` and `after` are Connects where `of_price`, else the projected values in cents. It may be so
    only where jobs get more proposals than average (`is_sought_after`).
    """

    less: JobFacts
    more: JobFacts
    before: int
    after: int
    of_price: bool
    is_sought_after: bool = False


def first_break(book: RuleBook) -> Break | None:
    """The first pair of posts that breaks the rule; None where none was found."""
    return next(_breaks(book), None)


def _breaks(book: RuleBook) -> Iterator[Break]:
    demands = DEMANDS if book.card.demand else DEMANDS[:1]
    for demand, rising in product(demands, (*_rising_budgets(book), *_rising_rates(book))):
        yield from _falling_prices(book, rising, demand)
    for rising in _rising_work():
        yield from _falling_values(book, rising)


def _falling_prices(book: RuleBook, rising: Sequence[JobFacts], demand: Demand) -> Iterator[Break]:
    costs = []
    for facts in rising:
        answer = price(facts, book, demand)
        assert isinstance(answer, Price), facts
        costs.append(answer.connects)
    for (less, before), (more, after) in pairwise(zip(rising, costs, strict=True)):
        if after < before:
            sought = demand != DEMANDS[0]
            yield Break(less, more, before, after, of_price=True, is_sought_after=sought)


def _falling_values(book: RuleBook, rising: Sequence[JobFacts]) -> Iterator[Break]:
    values = [projected_value(facts, book.value).cents for facts in rising]
    for (less, before), (more, after) in pairwise(zip(rising, values, strict=True)):
        if after < before:
            yield Break(less, more, before, after, of_price=False)


def _corners(book: RuleBook) -> set[Cents]:
    """Values on both sides of each end of a band."""
    spans = [band.value for band in book.card.bands if band.value is not None]
    ends = {end for span in spans for end in (span.least - 1, span.least, span.most, span.most + 1)}
    return {end for end in ends if 0 < end <= CENTS_MOST}


def _rising_budgets(book: RuleBook) -> Iterator[list[JobFacts]]:
    around = {cents + by for cents in (*USUAL, *TYPED) for by in (-1, 0)}
    budgets = sorted(cents for cents in around | _corners(book) if 0 < cents <= CENTS_MOST)
    doubts = book.value.doubt is not None or book.value.placeholder is not None
    texts, opened = (TEXTS, (False, True)) if doubts else (TEXTS[:1], (False,))
    shapes = product((None, *Level), (None, *LENGTHS), texts, opened)
    for level, length, text, is_open in shapes:
        post = JobFacts(
            kind=JobKind.FIXED,
            level=level,
            duration_days=length,
            description_characters=text,
            budget_open=is_open,
        )
        yield [replace(post, budget_cents=cents) for cents in budgets]


def _rising_rates(book: RuleBook) -> Iterator[list[JobFacts]]:
    assume = book.value.assume
    hours = {1, 15, 20, assume.hours_per_week, assume.hours_per_week_open}
    days = {1, 3, 14, 59, 134, assume.days, assume.days_open}
    work = {h * d for h, d in product(hours, days)}
    ends = {
        end * DAYS_A_WEEK // each + by for end in _corners(book) for each in work for by in (0, 1)
    }
    rates = sorted(rate for rate in {*USUAL, *ends} if 0 < rate <= 10_000_00)
    for length, workload in product((None, *LENGTHS), (None, *HOURS)):
        post = JobFacts(kind=JobKind.HOURLY, duration_days=length, hours_per_week=workload)
        yield [replace(post, hourly_min_cents=rate, hourly_max_cents=rate) for rate in rates]


def _rising_work() -> Iterator[list[JobFacts]]:
    """Posts that differ in one thing alone: ever longer, fuller or more senior."""
    amounts = (None, *(cents for cents in USUAL if cents <= 2_000_00))
    levels, lengths = (None, *Level), (None, *LENGTHS)
    for cents, is_open, text in product(amounts, (False, True), TEXTS):
        post = JobFacts(JobKind.FIXED, cents, budget_open=is_open, description_characters=text)
        yield from _one_by_one(post, levels, lengths, (None,))
    for rate, work in ((10_00, None), (None, None), *((None, work.value) for work in Work)):
        post = JobFacts(JobKind.HOURLY, hourly_min_cents=rate, category=work)
        yield from _one_by_one(post, levels, lengths, (None, *HOURS))


def _one_by_one(
    post: JobFacts,
    levels: Sequence[Level | None],
    lengths: Sequence[Range | None],
    workloads: Sequence[Range | None],
) -> Iterator[list[JobFacts]]:
    for length, hours in product(lengths, workloads):
        same = replace(post, duration_days=length, hours_per_week=hours)
        yield [replace(same, level=level) for level in Level]
    for level, hours in product(levels, workloads):
        same = replace(post, level=level, hours_per_week=hours)
        yield [replace(same, duration_days=length) for length in LENGTHS]
    for level, length in product(levels, lengths):
        same = replace(post, level=level, duration_days=length)
        yield [replace(same, hours_per_week=hours) for hours in HOURS]
