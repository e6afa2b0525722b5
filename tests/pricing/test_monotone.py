"""More money never costs less, and more work is never worth less, in all rule books that ship."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from connects.policy.projection import RateByLevel
from connects.policy.shelf import shipped, shipped_names
from connects.policy.terms import RuleBook
from connects.pricing.mixture import mixture
from connects.pricing.monotone import LENGTHS, first_break
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand, Estimate, JobFacts, JobKind, Level, Range
from tests.pricing.test_price import books, demands, posts

FAIR = shipped("fair-2026")
estimates = st.one_of(
    st.none(),
    st.integers(1, 5_000_00).map(lambda cents: Estimate(cents, cents // 3, cents * 3, "m")),
)
LONG = Range.exactly(134)


def priced(facts: JobFacts, book: RuleBook = FAIR, estimate: Estimate | None = None) -> Price:
    answer = price(facts, book, Demand(), estimate)
    assert isinstance(answer, Price), answer
    return answer


def fixed(cents: int, *, is_open: bool = False) -> JobFacts:
    return JobFacts(
        JobKind.FIXED,
        budget_cents=cents,
        level=Level.EXPERT,
        duration_days=LONG,
        budget_open=is_open,
    )


@given(posts, st.integers(1, 200_000), st.integers(1, 200_000), demands, books, estimates)
def test_a_higher_budget_or_rate_never_lowers_the_price_or_the_value(
    post: JobFacts, cents: int, more: int, demand: Demand, book: RuleBook, estimate: Estimate | None
) -> None:
    for is_open in (False, True):
        said = replace(post, budget_open=is_open)
        if post.kind is JobKind.FIXED:
            less, higher = (replace(said, budget_cents=own) for own in (cents, cents + more))
        else:
            less, higher = (replace(said, hourly_min_cents=own) for own in (cents, cents + more))
        before, after = (price(facts, book, demand, estimate) for facts in (less, higher))

        assert isinstance(before, Price)
        assert isinstance(after, Price)
        assert before.connects <= after.connects
        assert before.value_cents <= after.value_cents


@given(posts, st.sampled_from(LENGTHS), st.sampled_from(LENGTHS), books, estimates)
def test_a_longer_or_more_senior_job_is_never_worth_less(
    post: JobFacts, one: Range, other: Range, book: RuleBook, estimate: Estimate | None
) -> None:
    shorter, longer = sorted((one, other), key=LENGTHS.index)
    values = [
        priced(replace(post, duration_days=length, level=level), book, estimate).value_cents
        for length, level in ((shorter, Level.ENTRY), (longer, Level.ENTRY), (longer, Level.EXPERT))
    ]

    assert values == sorted(values)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_rule_book_is_proved(name: str) -> None:
    assert first_break(shipped(name)) is None


@pytest.mark.parametrize("label", ["fair-2026@1", "upwork-2019-05@1"])
def test_what_breaks_the_rule_is_found(label: str) -> None:
    found = first_break(shipped(label))

    assert found is not None
    assert (found.less.budget_cents or 0) < (found.more.budget_cents or 0)
    assert found.before > found.after


def test_a_kind_of_work_that_pays_less_for_experience_is_found() -> None:
    assumed = FAIR.value.assume
    said = {"entry": "20.00", "intermediate": "30.00", "expert": "25.00", "unknown": "20.00"}
    falling = RateByLevel.model_validate(said)
    rates = assumed.hourly_rate_by_work.model_copy(update={"legal": falling})
    value = FAIR.value.model_copy(
        update={"assume": assumed.model_copy(update={"hourly_rate_by_work": rates})}
    )

    found = first_break(FAIR.model_copy(update={"value": value}))

    assert found is not None
    assert (found.less.category, found.less.level, found.more.level) == (
        "legal",
        Level.INTERMEDIATE,
        Level.EXPERT,
    )


@given(posts, estimates)
def test_doubt_alone_never_raises_what_is_charged(
    post: JobFacts, estimate: Estimate | None
) -> None:
    assume(post.kind is JobKind.FIXED and post.budget_cents is not None)

    assert priced(post, FAIR, estimate).charged_cents == post.budget_cents


def test_the_value_of_a_doubted_budget_lies_between_it_and_what_is_usual() -> None:
    doubted = priced(fixed(75_00))

    assert doubted.connects == priced(fixed(75_00)).connects == 2
    assert 75_00 < doubted.value_cents < 470_00
    assert [reason.code for reason in doubted.reasons][-2:] == ["price_follows_budget", "band"]


@given(st.integers(1, 2_000_00), estimates)
def test_an_open_budget_costs_no_more_than_the_least_that_is_believed(
    cents: int, estimate: Estimate | None
) -> None:
    rule = FAIR.value.doubt
    assert rule is not None
    believed = next(
        more
        for more in range(cents, 10_000_00, 100)
        if mixture(fixed(more, is_open=True), rule, 0) is None
    )

    dear = priced(fixed(cents, is_open=True), FAIR, estimate)

    assert dear.connects <= priced(fixed(believed), FAIR, estimate).connects
    assert dear.connects >= priced(fixed(cents), FAIR, estimate).connects
