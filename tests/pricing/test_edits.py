"""What would change a price: every edit that is named keeps its word."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.pricing import edits as codes
from connects.pricing.edits import Edit, edits
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import (
    Demand,
    Estimate,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from tests.pricing.test_price import books, demands, posts

AVERAGE = Demand()
BOOK = shipped("upwork-2019-05")


def said(facts: JobFacts, edit: Edit) -> JobFacts:
    """The post after the edit."""
    p = edit.parameters
    if edit.code == codes.BUDGET:
        return replace(facts, budget_cents=int(p["budget_cents"] or 0))
    if edit.code == codes.RATE:
        rate = int(p["rate_cents"] or 0)
        return replace(facts, hourly_min_cents=rate, hourly_max_cents=rate)
    if edit.code == codes.LEVEL:
        return replace(facts, level=Level(str(p["level"])))
    if edit.code == codes.VERIFY:
        return replace(facts, client_payment_verified=True)
    span = Range(int(p["least"] or 0), None if p["most"] is None else int(p["most"]))
    if edit.code == codes.DURATION:
        return replace(facts, duration_days=span)
    return replace(facts, hours_per_week=span)


@given(facts=posts, book=books, demand=demands)
def test_after_an_edit_the_price_is_the_one_that_was_named(
    facts: JobFacts, book: RuleBook, demand: Demand
) -> None:
    now = price(facts, book, demand)
    for edit in edits(facts, book, demand):
        assert isinstance(now, Price)
        then = price(said(facts, edit), book, demand)
        assert isinstance(then, Price)
        assert then.connects == edit.connects != now.connects


def test_edits_that_lower_come_first_and_the_amounts_are_the_nearest() -> None:
    found = edits(JobFacts(kind=JobKind.FIXED, budget_cents=300_00), BOOK, AVERAGE)

    assert [(e.code, dict(e.parameters), e.connects) for e in found] == [
        (codes.BUDGET, {"budget_cents": 50_00}, 1),
        (codes.DURATION, {"least": 1, "most": 6}, 3),
        (codes.BUDGET, {"budget_cents": 600_00}, 5),
    ]


def test_nobody_is_told_the_least_budget_that_would_be_believed() -> None:
    facts = JobFacts(kind=JobKind.FIXED, budget_cents=5_00, category="Design")

    for label in ("upwork-2019-05@1", "fair-2026@1", "fair-2026"):
        found = edits(facts, shipped(label), AVERAGE, Estimate(300_00, 100_00, 900_00, "m"))

        assert Edit(codes.BUDGET, {"budget_cents": 6_00}, 1) not in found


def test_what_says_no_more_than_was_assumed_is_not_named() -> None:
    silent = JobFacts(kind=JobKind.HOURLY)

    found = edits(silent, BOOK, AVERAGE)

    said = {(edit.code, edit.parameters.get("most")) for edit in found}
    assert (codes.HOURS, 29) not in said
    assert (codes.DURATION, 89) not in said


def test_a_verified_payment_method_changes_the_price_where_the_rule_book_says_so() -> None:
    facts = JobFacts(kind=JobKind.FIXED, budget_cents=300_00, client_payment_verified=False)

    found = edits(facts, shipped("upwork-2023"), AVERAGE)

    assert Edit(codes.VERIFY, {}, 4) in found


@given(facts=posts, book=books, demand=demands, is_open=st.booleans())
def test_what_history_would_answer_otherwise_is_not_named(
    facts: JobFacts, book: RuleBook, demand: Demand, is_open: bool
) -> None:
    """A model reads length, hours, level and verification: what it says after an edit may be anything."""
    facts = replace(facts, budget_open=is_open)
    before, after = Estimate(20_00, 10_00, 40_00, "m"), Estimate(9_000_00, 4_000_00, 20_000_00, "m")

    for edit in edits(facts, book, demand, before):
        if edit.code not in (codes.BUDGET, codes.RATE):
            then = price(said(facts, edit), book, demand, after)
            assert isinstance(then, Price)
            assert then.connects == edit.connects


def test_a_length_is_named_beside_a_model_where_the_budget_is_stated() -> None:
    facts = JobFacts(kind=JobKind.FIXED, budget_cents=300_00)

    found = edits(facts, BOOK, AVERAGE, Estimate(20_00, 10_00, 40_00, "m"))

    assert Edit(codes.DURATION, {"least": 1, "most": 6}, 3) in found


def test_nothing_changes_a_price_that_is_the_same_for_all_posts() -> None:
    facts = JobFacts(kind=JobKind.FIXED, budget_cents=300_00)

    assert edits(facts, shipped("freelancer-com"), AVERAGE) == ()


def test_facts_without_a_price_have_no_edits() -> None:
    assert edits(JobFacts(kind=JobKind.FIXED, budget_cents=-1), BOOK, AVERAGE) == ()
