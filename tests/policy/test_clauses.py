"""Clauses that one marketplace has and others do not."""

from datetime import timedelta

import pytest

from connects.policy.explain import explain
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.rollover import kept_at_rollover
from connects.policy.shelf import shipped, shipped_text
from connects.policy.terms import InterviewReward, RuleBook
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.returns import ReturnCause, Stage

FREELANCER, AGENCY = AccountKind.FREELANCER, AccountKind.AGENCY


def changed(name: str, *changes: tuple[str, str]) -> RuleBook:
    text = shipped_text(name)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return parse_rule_book(text, "changed.toml")


def said(book: RuleBook) -> str:
    return " ".join(line for section in explain(book) for line in section.lines)


def test_a_plan_has_one_price_or_one_for_each_kind_of_account() -> None:
    plus = shipped("upwork-2018").plan("plus")
    one = shipped("upwork-2023").plan("plus")

    assert (plus.price(FREELANCER), plus.price(AGENCY)) == (10_00, 20_00)
    assert (one.price(FREELANCER), one.price(AGENCY)) == (14_99, 14_99)
    assert "Plus ($10.00 a month, agencies $20.00 a month)" in said(shipped("upwork-2018"))


def test_a_price_for_only_one_kind_of_account_is_a_problem() -> None:
    with pytest.raises(RuleBookProblems, match=r"price_per_month\.agency"):
        changed("upwork-2018", (', agency = "20.00" }', " }"))


def test_a_plans_own_limit_takes_the_place_of_the_general_one() -> None:
    book = changed(
        "upwork-2018",
        ('title = "Plus"', 'title = "Plus"\nbalance = { freelancer = 500, agency = 600 }'),
    )

    assert book.balance_limit("basic", FREELANCER) == 350
    assert book.balance_limit("plus", FREELANCER) == 500
    assert book.balance_limit("plus", AGENCY) == 600
    assert shipped("freelancer-com").balance_limit("free", FREELANCER) == 8
    assert shipped("upwork-2023").balance_limit("basic", FREELANCER) is None


def test_the_plan_that_ends_counts_at_the_rollover_unless_the_rules_say_otherwise() -> None:
    kind = FREELANCER

    assert kept_at_rollover(shipped("upwork-2018@1"), kind, "plus", "basic") == 140
    assert kept_at_rollover(shipped("upwork-2018"), kind, "plus", "basic") == 0
    assert kept_at_rollover(shipped("upwork-2018"), kind, "basic", "plus") == 140


@pytest.mark.parametrize(
    ("days", "cause"),
    [(0, "closed_without_hire"), (7, "closed_without_hire"), (8, "closed_late")],
)
def test_closing_late_is_another_cause_where_the_rules_set_a_deadline(
    days: int, cause: str
) -> None:
    returns = shipped("freelancer-com").returns
    after = timedelta(days=days)

    found = returns.cause_after(ReturnCause.CLOSED_WITHOUT_HIRE, after)

    assert found == cause
    assert returns.comes_back(found, 1, Stage.OPENED) == (0 if cause == "closed_late" else 1)
    assert returns.cause_after(ReturnCause.NEVER_CLOSED, after) is ReturnCause.NEVER_CLOSED


def test_without_a_deadline_closing_is_never_late() -> None:
    returns = shipped("upwork-2019-05").returns
    cause = returns.cause_after(ReturnCause.CLOSED_WITHOUT_HIRE, timedelta(days=900))

    assert cause is ReturnCause.CLOSED_WITHOUT_HIRE


def test_one_microsecond_decides_whether_a_post_was_closed_late() -> None:
    returns, week = shipped("freelancer-com").returns, timedelta(days=7)

    late = returns.cause_after(ReturnCause.CLOSED_WITHOUT_HIRE, week + timedelta(microseconds=1))

    assert late is ReturnCause.CLOSED_LATE


@pytest.mark.parametrize(
    ("not_over_paid", "paid", "given", "earned"),
    [(False, 2, 0, 10), (False, 2, 45, 5), (False, 2, 50, 0), (True, 2, 0, 2), (True, 16, 45, 5)],
)
def test_an_interview_brings_what_fits_the_window_and_the_price(
    not_over_paid: bool, paid: int, given: int, earned: int
) -> None:
    rule = InterviewReward(connects=10, at_most=50, in_days=7, not_over_paid=not_over_paid)

    assert rule.earned(paid, given) == earned


def test_the_conditions_of_a_reward_are_said_in_words() -> None:
    every = (
        "needs_answer = true, client_verified = true, not_over_paid = true,"
        " vests_after_days = 14, taken_back_if_returned = true"
    )
    book = changed("upwork-2023", ("needs_answer = true, taken_back_if_returned = true", every))

    words = said(book)

    assert "and you answered" in words
    assert "payment method is not verified" in words
    assert "never brings more than its proposal cost" in words
    assert "They arrive 14 days after the interview." in words
    assert "we take those for its interview back" in words
