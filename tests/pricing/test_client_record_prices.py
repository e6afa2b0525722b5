"""A card may price the client's record: what they had spent, whom they had hired, how they were rated."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.explain import explain
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.shelf import shipped, shipped_text
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.statements.price_words import reason_text
from connects.vocabulary.facts import JobFacts, JobKind, Level, Range
from tests.pricing.test_price import posts

BOOK = shipped("upwork-2025")
records = st.fixed_dictionaries(
    {
        "client_spend_cents": st.one_of(st.none(), st.integers(0, 10**9)),
        "client_hires": st.integers(0, 1_000),
        "client_reviews": st.one_of(st.none(), st.integers(0, 1_000)),
        "client_rating_hundredths": st.one_of(st.none(), st.integers(0, 500)),
    }
)


def hourly(**told: Any) -> JobFacts:
    return JobFacts(kind=JobKind.HOURLY, **told)


def priced(facts: JobFacts, book: RuleBook = BOOK) -> Price:
    answer = price(facts, book)
    assert isinstance(answer, Price)
    return answer


def book_with(when: str, steps: int = 1) -> RuleBook:
    """The ladder of 2023 with one more adjustment."""
    more = f'[[card.adjustments]]\nname = "tried"\nwhen = {when}\nsteps = {steps}\n\n[free]'
    return parse_rule_book(shipped_text("upwork-2023").replace("[free]", more, 1), "tried.toml")


def moves(when: str, **told: Any) -> bool:
    """Whether an adjustment under this condition applies to a post of such a client."""
    facts = JobFacts(JobKind.FIXED, budget_cents=100_00, **told)
    return priced(facts, book_with(when)).connects == 6


@pytest.mark.parametrize(
    ("told", "connects"),
    [
        ({}, 10),
        ({"client_spend_cents": 0, "client_reviews": 0, "client_hires": 0}, 10),
        ({"client_spend_cents": 1}, 18),
        ({"client_reviews": 1}, 18),
        ({"client_hires": 1, "client_spend_cents": 0}, 18),
        ({"level": Level.EXPERT}, 12),
        ({"hours_per_week": Range(30, None)}, 11),
        ({"level": Level.EXPERT, "hours_per_week": Range(30, None)}, 13),
        ({"level": Level.EXPERT, "client_hires": 9}, 18),
    ],
)
def test_a_proposal_to_a_client_who_has_paid_before_costs_more(
    told: dict[str, Any], connects: int
) -> None:
    assert priced(hourly(**told)).connects == connects


def test_the_reasons_say_in_words_what_the_record_did() -> None:
    answer = priced(hourly(client_hires=3))

    told = [reason_text(reason, "USD") for reason in answer.reasons]
    assert "8 steps up on the price card: the client has paid or hired before." in told


@given(posts, records, st.integers(1, 200_000), st.integers(1, 200_000))
def test_more_money_never_costs_less_whatever_the_clients_record(
    post: JobFacts, record: dict[str, Any], cents: int, more: int
) -> None:
    known = replace(post, **record)
    for book in (
        BOOK,
        book_with('{ client_spend = { over = "10.00" }, client_hires = { up_to = 3 } }'),
    ):
        if post.kind is JobKind.FIXED:
            less, higher = (replace(known, budget_cents=own) for own in (cents, cents + more))
        else:
            less, higher = (replace(known, hourly_min_cents=own) for own in (cents, cents + more))

        assert priced(less, book).connects <= priced(higher, book).connects


@pytest.mark.parametrize(
    ("when", "holds", "fails"),
    [
        ('{ client_spend = { at_least = "5.00" } }', {"client_spend_cents": 500}, {}),
        (
            "{ client_hires = { at_least = 1, up_to = 2 } }",
            {"client_hires": 2},
            {"client_hires": 3},
        ),
        ("{ client_hires = { up_to = 0 } }", {}, {"client_hires": 1}),
        (
            "{ client_rating = { at_least = 4.5 } }",
            {"client_rating_hundredths": 450},
            {"client_rating_hundredths": 449},
        ),
        ("{ client_rating = { under = 4 } }", {}, {"client_rating_hundredths": 400}),
        (
            "{ client_verified = true }",
            {"client_payment_verified": True},
            {"client_payment_verified": None},
        ),
        ('{ levels = ["entry"] }', {"level": Level.ENTRY}, {"level": Level.EXPERT}),
        (
            "[{ client_reviews = { at_least = 9 } }, { client_hires = { at_least = 1 } }]",
            {"client_hires": 1},
            {"client_reviews": 8},
        ),
    ],
)
def test_each_fact_of_the_record_can_be_named(
    when: str, holds: dict[str, Any], fails: dict[str, Any]
) -> None:
    assert moves(when, **holds)
    assert not moves(when, **fails)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('"sometimes"', "always"),
        ("{}", "a condition"),
        ("[]", "a list of such tables"),
        ("{ client_income = { up_to = 3 } }", "a key of the rule book"),
        ("{ client_rating = { at_least = 6 } }", "a rating from 0 to 5"),
        ("{ client_rating = { at_least = nan } }", "a rating from 0 to 5"),
        ("{ client_rating = { at_least = 4, under = 3 } }", "holds some rating"),
        ("{ client_hires = { at_least = 3, up_to = 2 } }", "holds some number"),
        ("{ client_hires = {} }", "at_least, up_to, or both"),
        ("{ client_spend = { at_least = 5 } }", "an amount of money"),
        ('{ levels = ["novice"] }', "levels"),
        ("3", "a table of conditions"),
    ],
)
def test_a_condition_that_means_nothing_is_a_problem_of_the_rule_book(
    when: str, words: str
) -> None:
    with pytest.raises(RuleBookProblems) as found:
        book_with(when)

    assert words in str(found.value)


def test_the_conditions_are_told_in_plain_words() -> None:
    when = '[{ client_rating = { at_least = 4.5 }, client_reviews = { up_to = 1 } }, { client_spend = { over = "0.00" } }]'  # noqa: E501 one rule
    lines = explain(book_with(when))[0].lines

    assert (
        "1 step up on the price card where the client has at most 1 review and the client is rated 4.5 or"
        " better, or where the client has spent something"
    ) in lines
    assert "1 step down on the price card where the client is not verified" in lines
