"""A price is told to a post's own client as to the one whom it is about."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.quote import Price, price
from connects.statements.client_price_words import TO_CLIENT
from connects.statements.price_steps import client_step_texts, step_texts
from connects.statements.price_words import StepParameters
from connects.vocabulary.facts import Demand, Estimate, JobFacts, JobKind
from connects.wording.languages import speaking
from tests.pricing.test_price import books, demands, posts

ABOUT_SOMEBODY = re.compile(r"\b(the|this) client\b|\b(el|este) cliente\b", re.IGNORECASE)
BOOK = shipped("fair-2026")
ESTIMATES = (None, Estimate(900_00, 300_00, 2_000_00, "m"), Estimate(900_00, 10_00, 90_000_00, "m"))


def priced(facts: JobFacts, book: RuleBook = BOOK, demand: Demand | None = None) -> Price:
    answer = price(facts, book, demand or Demand())
    assert isinstance(answer, Price)
    return answer


@pytest.mark.parametrize("code", ["en", "es"])
@given(
    facts=posts,
    book=books,
    demand=demands,
    is_open=st.booleans(),
    left_open=st.integers(0, 20),
    estimate=st.sampled_from(ESTIMATES),
)
def test_no_step_speaks_to_its_client_about_the_client(
    code: str,
    facts: JobFacts,
    book: RuleBook,
    demand: Demand,
    is_open: bool,
    left_open: int,
    estimate: Estimate | None,
) -> None:
    facts = replace(facts, budget_open=is_open, client_posts_ended=20, client_left_open=left_open)
    found = price(facts, book, demand, estimate)

    if isinstance(found, Price):
        with speaking(code):
            said = [words for _reason, words in client_step_texts(found, book)]
        assert [words for words in said if ABOUT_SOMEBODY.search(words)] == []


@pytest.mark.parametrize("code", ["en", "es"])
def test_what_a_host_told_is_told_to_the_client_as_theirs(code: str) -> None:
    told = StepParameters({"posts": 20, "left_open": 5, "hires": 9}, "USD")

    with speaking(code):
        words = TO_CLIENT[reasons.TOLD_BY_HOST](told)

    assert not ABOUT_SOMEBODY.search(words)
    assert all(number in words for number in ("20", "5", "9"))


def test_a_client_reads_of_their_own_record_and_others_of_this_client() -> None:
    facts = JobFacts(JobKind.FIXED, budget_cents=900_00, client_posts_ended=20, client_left_open=10)
    found = priced(facts)

    own = [words for _reason, words in client_step_texts(found, BOOK)]
    others = [words for _reason, words in step_texts(found, BOOK)]
    assert "You left 10 of 20 jobs open, so freelancers pay 25% less." in own
    assert "This client left 10 of 20 jobs open, so you pay 25% less." in others


@pytest.mark.parametrize("budget", [None, 5_00])
def test_a_post_with_a_budget_or_none_is_not_said_to_be_silent_on_it_again(
    budget: int | None,
) -> None:
    facts = JobFacts(JobKind.FIXED, budget_cents=budget, budget_open=budget is not None)

    said = [words for _reason, words in step_texts(priced(facts), BOOK)]

    assert any(words.startswith("Jobs like it usually pay about $") for words in said)
    assert not any("does not say what it pays" in words for words in said)


def test_an_hourly_post_that_says_nothing_is_said_not_to_say_what_it_pays() -> None:
    said = [words for _reason, words in step_texts(priced(JobFacts(JobKind.HOURLY)), BOOK)]

    assert any(words.startswith("The post does not say what it pays.") for words in said)
