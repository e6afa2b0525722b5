"""Two posts of which the one with more comes to less, told so that somebody can mend the rule book."""

import pytest

from connects.pricing.monotone import Break
from connects.statements.break_words import break_text
from connects.vocabulary.facts import OVER_SIX_MONTHS, JobFacts, JobKind, Level, Range


def test_a_price_that_falls_is_told_in_connects() -> None:
    found = Break(
        less=JobFacts(JobKind.FIXED, budget_cents=50_00),
        more=JobFacts(JobKind.FIXED, budget_cents=60_00),
        before=4,
        after=3,
        of_price=True,
    )
    words = break_text(found, "USD")

    assert words.index("$50.00") < words.index("4 Connects") < words.index("$60.00")
    assert words.index("$60.00") < words.index("3 Connects")


def test_a_value_that_falls_is_told_in_money() -> None:
    found = Break(
        less=JobFacts(JobKind.HOURLY, duration_days=Range(0, 29)),
        more=JobFacts(JobKind.HOURLY, duration_days=OVER_SIX_MONTHS),
        before=900,
        after=800,
        of_price=False,
    )
    words = break_text(found, "JPY")

    assert "JPY 900" in words
    assert "JPY 800" in words
    assert "0 to 29 days" in words
    assert "180 days or more" in words


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (JobFacts(JobKind.FIXED, budget_cents=50_00), "a budget of $50.00"),
        (JobFacts(JobKind.FIXED, budget_open=True), "open to offers"),
        (JobFacts(JobKind.HOURLY, hourly_min_cents=20_00), "$20.00 an hour"),
        (JobFacts(JobKind.FIXED, level=Level.EXPERT), "expert"),
        (JobFacts(JobKind.FIXED, hours_per_week=Range(1, 29)), "1 to 29 hours a week"),
        (JobFacts(JobKind.FIXED, description_characters=3_000), "3,000 characters"),
    ],
)
def test_all_that_a_post_says_is_told_of_it(facts: JobFacts, said: str) -> None:
    nothing = JobFacts(facts.kind)

    assert said in break_text(Break(nothing, facts, 2, 1, of_price=True), "USD")
    assert said not in break_text(Break(nothing, nothing, 2, 1, of_price=True), "USD")


def test_what_holds_only_where_jobs_are_sought_after_is_said_so() -> None:
    post = JobFacts(kind=JobKind.FIXED)
    calm = break_text(Break(post, post, 2, 1, of_price=True), "USD")
    sought = break_text(Break(post, post, 2, 1, of_price=True, is_sought_after=True), "USD")

    assert calm.endswith("→ 1 Connect")
    assert "more proposals than average" not in calm
    assert "more proposals than average" in sought
