"""The steps of a price: what the card says of such jobs, and a discount only where there is one."""

import pytest

from connects.policy.shelf import shipped
from connects.pricing.quote import Price, price
from connects.statements.price_steps import step_texts
from connects.vocabulary.facts import JobFacts, JobKind, Range

FAIR = shipped("fair-2026")


def told(budget_cents: int, left_open: int, ended: int) -> list[str]:
    facts = JobFacts(
        JobKind.FIXED,
        budget_cents=budget_cents,
        duration_days=Range(3, 3),
        client_posts_ended=ended,
        client_left_open=left_open,
    )
    answer = price(facts, FAIR)
    assert isinstance(answer, Price)
    return [words for _reason, words in step_texts(answer, FAIR)]


def test_the_card_is_quoted_in_amounts_and_never_by_the_name_of_a_band() -> None:
    words = told(250_00, 0, 0)

    assert "On the price card, such jobs (over $200, up to $450) cost 3 Connects." in words
    assert not any("step" in line for line in words)


@pytest.mark.parametrize(
    ("budget_cents", "left_open", "ended", "words"),
    [
        (250_00, 3, 13, "3 of 13 jobs open, which is too little to change the price."),
        (9_000_00, 3, 13, "3 of 13 jobs open, so you pay 11% less."),
        (40_00, 13, 13, "13 of 13 jobs open, which is too little to change the price."),
    ],
)
def test_a_client_who_leaves_jobs_open_makes_it_cheaper_only_where_that_is_so(
    budget_cents: int, left_open: int, ended: int, words: str
) -> None:
    assert any(words in line for line in told(budget_cents, left_open, ended))
