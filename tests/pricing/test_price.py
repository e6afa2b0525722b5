"""What a proposal costs, clause by clause (docs/rules.md 1, docs/rules.md 2)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.shelf import shipped, shipped_names
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    Demand,
    Estimate,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from connects.vocabulary.refusals import Refused

BOOK = shipped("upwork-2019-05")
BUSY = Demand(1_001, 20)

cents = st.one_of(st.none(), st.integers(1, 10_000_000))
spans = st.one_of(
    st.none(),
    st.sampled_from([UNDER_ONE_MONTH, ONE_TO_THREE_MONTHS, OVER_SIX_MONTHS]),
    st.integers(1, 300).map(Range.exactly),
)
hours = st.one_of(
    st.none(),
    st.sampled_from([UNDER_THIRTY_HOURS, THIRTY_HOURS_OR_MORE]),
    st.integers(1, 80).map(Range.exactly),
)
posts = st.builds(
    JobFacts,
    kind=st.sampled_from(JobKind),
    budget_cents=cents,
    hourly_min_cents=cents,
    duration_days=spans,
    hours_per_week=hours,
    level=st.one_of(st.none(), st.sampled_from(Level)),
    client_payment_verified=st.one_of(st.none(), st.booleans()),
    description_characters=st.one_of(st.none(), st.integers(0, 8_000)),
)
demands = st.builds(Demand, st.integers(0, 5_000), st.one_of(st.none(), st.integers(0, 100)))
books = st.sampled_from(shipped_names()).map(shipped)


def fixed(budget_cents: int, **more: Any) -> JobFacts:
    return JobFacts(kind=JobKind.FIXED, budget_cents=budget_cents, **more)


def priced(facts: JobFacts, demand: Demand | None = None, book: RuleBook = BOOK) -> Price:
    answer = price(facts, book, demand or Demand())
    assert isinstance(answer, Price), answer
    return answer


@given(posts, demands, books)
def test_every_post_has_one_price_in_every_shipped_rule_book(
    facts: JobFacts, demand: Demand, book: RuleBook
) -> None:
    answer = priced(facts, demand, book)

    holding = [band for band in book.card.bands if band.holds(facts, answer.charged_cents)]
    assert [band.name for band in holding] == [answer.band]
    if not book.card.adjustments:
        assert holding[0].connects.low <= answer.connects <= holding[0].connects.high


@given(posts, st.integers(600, 10_000_000), st.integers(0, 10_000_000))
def test_a_larger_budget_never_costs_less(facts: JobFacts, budget: int, more: int) -> None:
    smaller = JobFacts(kind=JobKind.FIXED, budget_cents=budget, duration_days=None)
    larger = JobFacts(kind=JobKind.FIXED, budget_cents=budget + more, duration_days=None)

    assert priced(smaller).connects <= priced(larger).connects


@pytest.mark.parametrize(
    ("budget", "days", "band", "low", "high"),
    [
        (5_000, None, "quick", 1, 2),
        (5_001, 3, "short-term", 3, 4),
        (60_000, 6, "short-term", 3, 4),
        (60_001, 6, "large, short-term", 5, 5),
        (5_001, 7, "mid-size, longer", 4, 4),
        (59_999, None, "mid-size, longer", 4, 4),
        (60_000, None, "longer-term", 5, 6),
        (60_000, 7, "longer-term", 5, 6),
    ],
)
def test_value_picks_the_band_duration_the_end_and_demand_the_price(
    budget: int, days: int | None, band: str, low: int, high: int
) -> None:
    facts = fixed(budget, duration_days=None if days is None else Range.exactly(days))

    assert (priced(facts).band, priced(facts).connects) == (band, low)
    assert priced(facts, BUSY).connects == high


@pytest.mark.parametrize(
    ("demand", "connects"),
    [
        (Demand(1_000, 20), 1),
        (Demand(1_001, 20), 2),
        (Demand(5_000, 19), 1),
        (Demand(5_000, None), 2),
        (Demand(0, 100), 1),
    ],
)
def test_demand_counts_from_twenty_jobs_on_or_when_set_by_hand(
    demand: Demand, connects: int
) -> None:
    assert priced(fixed(3_000), demand).connects == connects


def codes(answer: Price) -> list[str]:
    return [reason.code for reason in answer.reasons]


DOUBTING = shipped("upwork-2019-05@1")
"""The first version doubted small budgets; the announcement of 2019 believed them."""


def test_a_placeholder_budget_is_not_believed() -> None:
    five = fixed(500, level=Level.EXPERT, duration_days=Range.exactly(60))
    answer = priced(five, book=DOUBTING)

    assert answer.band == "longer-term"
    assert codes(answer)[:3] == ["budget_placeholder", "rate_from_level", "hours_assumed"]


def test_a_budget_that_nobody_would_work_for_contradicts_the_post() -> None:
    ten = fixed(1_000, level=Level.EXPERT, duration_days=Range.exactly(90))
    answer = priced(ten, book=DOUBTING)

    assert "budget_contradicts_post" in codes(answer)


FAIR = shipped("fair-2026")
GUESS = Estimate(240_00, 90_00, 700_00, "2026-01-29/dddddddd")


def test_a_budget_that_is_likely_not_meant_is_doubted() -> None:
    said = {"level": Level.EXPERT, "duration_days": UNDER_ONE_MONTH}
    hidden = fixed(10_00, description_characters=2_400, **said)
    small = fixed(20_00, description_characters=150, duration_days=UNDER_ONE_MONTH)

    assert "budget_likely_placeholder" in codes(priced(hidden, book=shipped("fair-2026@1")))
    assert codes(priced(hidden, book=FAIR))[0] == "budget_doubted"
    assert codes(priced(small, book=FAIR))[0] == "value_from_budget"


def test_a_model_says_what_the_rule_book_would_have_to_assume() -> None:
    without = priced(JobFacts(kind=JobKind.FIXED), book=FAIR)
    answer = price(JobFacts(kind=JobKind.FIXED), FAIR, Demand(), GUESS)

    assert isinstance(answer, Price)
    assert (answer.value_cents, answer.low_cents, answer.high_cents) == (240_00, 90_00, 700_00)
    assert codes(answer)[:2] == ["budget_missing", "value_estimated"]
    assert "no_model" in codes(without)
    assert without.value_cents == 200_00


def test_a_model_is_not_asked_where_the_post_says_it_itself() -> None:
    answer = price(fixed(300_00), FAIR, Demand(), GUESS)

    assert isinstance(answer, Price)
    assert (answer.value_cents, answer.low_cents, answer.high_cents) == (300_00,) * 3


@given(posts, books, st.one_of(st.none(), st.just(GUESS)))
def test_a_value_lies_within_its_interval(
    facts: JobFacts, book: RuleBook, estimate: Estimate | None
) -> None:
    answer = price(facts, book, Demand(), estimate)

    assert isinstance(answer, Price)
    assert answer.low_cents is not None
    assert answer.high_cents is not None
    assert answer.low_cents <= answer.value_cents <= answer.high_cents


def test_a_modest_budget_is_believed() -> None:
    answer = priced(fixed(10_000, duration_days=Range.exactly(30)))

    assert (answer.value_cents, codes(answer)[0]) == (10_000, "value_from_budget")


def test_hourly_work_is_worth_rate_times_hours_times_weeks() -> None:
    facts = JobFacts(
        kind=JobKind.HOURLY,
        hourly_min_cents=2_000,
        hourly_max_cents=4_000,
        hours_per_week=Range.exactly(10),
        duration_days=Range.exactly(14),
    )

    assert priced(facts).value_cents == 60_000


def test_a_post_that_says_nothing_is_a_typical_job() -> None:
    answer = priced(JobFacts(kind=JobKind.HOURLY))

    assert codes(answer)[0] == "value_from_similar_jobs"


def test_unverified_clients_are_a_step_down_the_ladder_of_2023() -> None:
    book = shipped("upwork-2023")
    prices = [
        priced(fixed(budget, client_payment_verified=verified), None, book).connects
        for budget in (1_000, 10_000, 100_000)
        for verified in (True, False, None)
    ]

    assert prices == [2, 1, 2, 4, 2, 4, 6, 4, 6]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (fixed(-1), "budget"),
        (fixed(10**12), "budget"),
        (JobFacts(JobKind.HOURLY, hourly_min_cents=5, hourly_max_cents=4), "hourly_max"),
        (fixed(1_000, duration_days=Range(5, 4)), "duration"),
        (fixed(1_000, hours_per_week=Range.exactly(169)), "hours_per_week"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused_by_name(facts: JobFacts, field: str) -> None:
    answer = price(facts, BOOK)

    assert isinstance(answer, Refused)
    assert answer.parameters["field"] == field
