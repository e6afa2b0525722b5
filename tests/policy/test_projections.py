"""What stands in for what a post leaves out, and which budgets are doubted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.clause import Terms
from connects.policy.projection import (
    Doubt,
    FixedByWork,
    FixedJobs,
    RatePercentByWork,
    RatesByWork,
    SimilarJobs,
    typical_percent,
)
from connects.policy.shelf import shipped, shipped_names
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from connects.vocabulary.kinds_of_work import Work, kind_of_work
from tests.policy.tables import book

LENGTHS = (UNDER_ONE_MONTH, ONE_TO_THREE_MONTHS, THREE_TO_SIX_MONTHS, OVER_SIX_MONTHS)
LEVELS = (Level.ENTRY, Level.INTERMEDIATE, Level.EXPERT)


def similar(name: str = "fair-2026") -> SimilarJobs:
    return shipped(name).value.similar_jobs


def fixed_by() -> FixedJobs:
    table = similar().fixed_by
    assert table is not None
    return table


@pytest.mark.parametrize("name", shipped_names())
def test_more_experience_is_never_assumed_to_cost_less(name: str) -> None:
    rates = shipped(name).value.assume.hourly_rate

    assert [rates.of(level) for level in LEVELS] == sorted(rates.of(level) for level in LEVELS)
    assert rates.of(Level.ENTRY) <= rates.of(None) <= rates.of(Level.EXPERT)


@pytest.mark.parametrize(
    ("days", "cents"),
    [(29, 50_00), (30, 200_00), (89, 200_00), (90, 300_00), (179, 300_00), (180, 300_00)],
)
def test_a_length_of_work_begins_on_its_first_day(days: int, cents: int) -> None:
    assert fixed_by().of(None, Range.exactly(days)) == cents


def test_an_open_length_counts_by_its_beginning() -> None:
    assert fixed_by().of(Level.ENTRY, OVER_SIX_MONTHS) == 200_00
    assert fixed_by().of(Level.ENTRY, Range(0, None)) == 25_00


def test_a_level_or_a_length_that_is_not_named_has_an_amount_of_its_own() -> None:
    assert fixed_by().of(None, None) == 200_00
    assert fixed_by().of(Level.EXPERT, None) == 300_00
    assert fixed_by().of(None, UNDER_ONE_MONTH) == 50_00


@given(st.sampled_from([*LEVELS, None]), st.integers(0, 400), st.integers(0, 400))
def test_longer_work_is_never_typically_worth_less(
    level: Level | None, days: int, more: int
) -> None:
    shorter, longer = Range.exactly(days), Range.exactly(days + more)

    assert fixed_by().of(level, shorter) <= fixed_by().of(level, longer)
    assert typical_percent(level, shorter) <= typical_percent(level, longer)


@given(st.one_of(st.none(), st.integers(0, 400).map(Range.exactly)))
def test_more_experience_is_never_typically_worth_less(duration: Range | None) -> None:
    for table in (fixed_by().of, typical_percent):
        amounts = [table(level, duration) for level in LEVELS]
        assert amounts == sorted(amounts)


def test_a_category_of_its_own_comes_before_all_else() -> None:
    rules = book(
        "fair-2026", {"value.similar_jobs.by_category": {"Logos": "80.00"}}
    ).value.similar_jobs
    logo = JobFacts(JobKind.FIXED, category="Logos", level=Level.EXPERT)
    other = JobFacts(JobKind.FIXED, category="Video", level=Level.EXPERT)

    assert rules.of(JobKind.FIXED, "Logos") == rules.of(JobKind.HOURLY, "Logos") == 80_00
    assert rules.fixed_like(logo) == 80_00
    assert rules.fixed_like(other) == 300_00


@pytest.mark.parametrize(
    ("category", "facts", "cents"),
    [
        ("Data_science", {}, 100_00),
        ("Power BI & Analytics", {}, 100_00),
        ("Developer", {}, 200_00),
        ("Scriptwriting", {}, 200_00),
        ("Basket weaving", {}, 200_00),
        ("Data_science", {"level": Level.EXPERT}, 300_00),
        ("Data_science", {"duration_days": UNDER_ONE_MONTH}, 50_00),
    ],
)
def test_the_kind_of_work_decides_where_neither_level_nor_length_is_named(
    category: str, facts: dict[str, Any], cents: int
) -> None:
    job = JobFacts(JobKind.FIXED, category=category, **facts)

    assert similar().fixed_like(job) == cents


@pytest.mark.parametrize(
    ("category", "cents"),
    [
        ("Data Entry", 8_00),
        ("IT & Networking", 30_00),
        ("Italian lessons", 20_50),
        (None, 20_50),
    ],
)
def test_rates_differ_by_the_kind_of_work(category: str | None, cents: int) -> None:
    assume = shipped("fair-2026").value.assume

    assert assume.rate_of(Level.INTERMEDIATE, category) == cents
    assert shipped("fair-2026@2").value.assume.rate_of(Level.INTERMEDIATE, category) == 18_00


def test_what_experience_is_worth_differs_by_the_kind_of_work() -> None:
    def worth(label: str, category: str) -> float:
        assume = shipped(label).value.assume
        return assume.rate_of(Level.EXPERT, category) / assume.rate_of(Level.ENTRY, category)

    assert worth("fair-2026", "Sales & Marketing") > 1.5 * worth("fair-2026", "Admin Support")
    assert worth("fair-2026@3", "Sales & Marketing") == pytest.approx(
        worth("fair-2026@3", "Admin Support"), rel=0.01
    )


def test_a_kind_of_work_without_rates_of_its_own_goes_by_its_percent() -> None:
    assume = shipped("fair-2026@3").value.assume
    alone = RatesByWork(legal=assume.hourly_rate)
    mixed = assume.model_copy(update={"hourly_rate_by_work": alone})

    assert mixed.rate_of(Level.EXPERT, "Legal") == 27_00
    assert mixed.rate_of(Level.EXPERT, "Accounting") == 28_35


@pytest.mark.parametrize("work", list(Work))
def test_every_kind_of_work_is_told_by_its_own_name(work: Work) -> None:
    assert kind_of_work(work.value) is work


def test_without_a_category_the_kind_of_job_decides() -> None:
    assert similar().of(JobKind.FIXED, None) == 100_00
    assert similar().of(JobKind.HOURLY, "unheard of") == 1_200_00


def test_without_a_table_the_typical_budget_is_a_share_of_all() -> None:
    plain = similar("upwork-2019-05")

    assert plain.fixed_by is None
    assert plain.fixed_like(JobFacts(JobKind.FIXED)) == 100_00
    assert plain.fixed_like(JobFacts(JobKind.FIXED, level=Level.ENTRY)) == 50_00
    expert = JobFacts(JobKind.FIXED, level=Level.EXPERT, duration_days=THREE_TO_SIX_MONTHS)
    assert plain.fixed_like(expert) == 470_00


@pytest.mark.parametrize("level", [*LEVELS, None])
@pytest.mark.parametrize("length", [*LENGTHS, None])
def test_what_stands_in_for_a_table_is_what_the_table_says(
    level: Level | None, length: Range | None
) -> None:
    facts = JobFacts(JobKind.FIXED, level=level, duration_days=length)

    table = similar("fair-2026@2")  # version 3 knows more of posts that name no length
    assert similar("upwork-2019-05").fixed_like(facts) == table.fixed_like(facts)


def test_a_client_is_asked_about_all_that_is_doubted_and_perhaps_more() -> None:
    doubt = Doubt(over_percent=50, asks_over_percent=35)

    assert doubt.asked_over == 35
    assert doubt.believed_up_to(budget_open=False) == 50
    assert doubt.believed_up_to(budget_open=True) == 35


def test_a_client_is_asked_where_it_doubts_unless_another_share_is_named() -> None:
    doubt = Doubt(over_percent=50)

    assert doubt.asked_over == 50
    assert doubt.believed_up_to(budget_open=True) == doubt.believed_up_to(budget_open=False) == 50


def test_only_our_own_rules_doubt_a_budget() -> None:
    doubting = {name for name in shipped_names() if shipped(name).value.doubt is not None}

    assert doubting == {"fair-2026"}
    assert shipped("upwork-2019-05").value.placeholder is None


@pytest.mark.parametrize("table", [FixedByWork, RatePercentByWork, RatesByWork])
def test_a_rule_book_can_say_something_of_every_kind_of_work(table: type[Terms]) -> None:
    assert set(table.model_fields) == {work.value for work in Work}
