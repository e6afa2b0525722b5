"""Refusals in words: what was wrong with its numbers, what to do, and that nothing was charged."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.billing.port import DeclineCause
from connects.statements.field_words import OF_FIELDS, UNHEARD_OF
from connects.statements.limit_words import span_text, too_often_text
from connects.statements.payment_words import CARE, DECLINES, STATUSES, WHY_NOT
from connects.statements.problem_words import (
    PROBLEMS,
    beside_field,
    field_problem_text,
    problem_sentence,
)
from connects.statements.refusal_words import CHARGE_FEARED, refusal_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused

CODE = RefusalCode


def words(code: RefusalCode, **parameters: Any) -> str:
    return refusal_text(Refused(code, parameters))


@pytest.mark.parametrize(
    ("code", "parameters", "facts"),
    [
        (CODE.INSUFFICIENT_CONNECTS, {"needed": 6, "balance": 4}, ["6", "4"]),
        (CODE.BALANCE_CAP, {"limit": 140, "room": 12}, ["140", "12"]),
        (CODE.BUNDLE_UNKNOWN, {"credits": 13}, ["13"]),
        (CODE.PRICE_CHANGED, {"connects": 7, "max_connects": 6}, ["7", "6"]),
        (CODE.RULE_BOOK_UNKNOWN, {"name": "no-such-book"}, ["no-such-book"]),
        (
            CODE.TOO_MANY_CALLS,
            {"most": 60, "within_seconds": 60, "retry_after_seconds": 17},
            ["60", "17"],
        ),
        (CODE.INVALID, {"problem": "too_long", "field": "title", "most": 1200}, ["Title", "1,200"]),
        (CODE.INVALID, {"problem": "required", "field": "cover_letter"}, ["Letter: fill this in."]),
        (
            CODE.INVALID,
            {"problem": "not_a_number", "field": "budget", "least": 1, "most": 1_000_000},
            ["Budget", "1", "1,000,000"],
        ),
        (CODE.INVALID, {"problem": "over_the_rest", "rest": "$1.20"}, ["$1.20"]),
        (CODE.INVALID, {"problem": "other_currency", "currency": "EUR"}, ["EUR"]),
        (CODE.INVALID, {"problem": "too_many_keys", "most": 10}, ["10"]),
        (
            CODE.INVALID,
            {"problem": "returned_more_than_spent", "spent": 6, "returned": 4},
            ["6", "4"],
        ),
        (CODE.INVALID, {"problem": "held_no_longer", "held": 6, "released": 6}, ["6"]),
        (CODE.INVALID, {"problem": "more_than_is_left", "left": 3}, ["3"]),
        (CODE.INVALID, {"problem": "more_than_is_owed", "debt": 2}, ["2"]),
        (CODE.INVALID, {"problem": "amount_too_large", "most": 1_000_000}, ["1,000,000"]),
        (CODE.INVALID, {"problem": "ahead_of_time", "effective": "2027-01-01"}, ["2027-01-01"]),
        (
            CODE.INVALID,
            {"problem": "unknown_role", "roles": "finance, policy"},
            ["finance, policy"],
        ),
        (CODE.INVALID, {"problem": "staff_already", "role": "support"}, ["support"]),
        (
            CODE.INVALID,
            {"problem": "unknown_accounts", "count": 2, "accounts": "ana, bo"},
            ["2", "ana, bo"],
        ),
        (
            CODE.INVALID,
            {"problem": "unknown_accounts", "count": 9, "accounts": "ana, bo"},
            ["9", "ana, bo and others"],
        ),
        (CODE.INVALID, {"problem": "overlapping", "count": 3}, ["3"]),
        (
            CODE.INVALID,
            {
                "problem": "less_than_notice",
                "cohort": 2,
                "earliest": "2026-12-01T00:00:00+00:00",
            },
            ["2", "1 December 2026"],
        ),
        (CODE.NOT_ALLOWED, {"problem": "staff_role", "roles": "finance"}, ["finance"]),
        (
            CODE.NOT_ALLOWED,
            {
                "most": 5,
                "noun": "password resets",
                "within_seconds": 3_600,
                "retry_after_seconds": 1_800,
            },
            ["5 password resets", "1 hour", "30 minutes"],
        ),
        (
            CODE.PAYMENT_METHOD_UNAVAILABLE,
            {"method": "paypal", "why": "not_in_country"},
            ["PayPal"],
        ),
    ],
)
def test_a_refusal_tells_its_facts(
    code: RefusalCode, parameters: dict[str, Any], facts: list[str]
) -> None:
    told = words(code, **parameters)

    assert [fact for fact in facts if fact not in told] == [], told
    assert told.endswith(".")
    assert "None" not in told


@pytest.mark.parametrize(
    "code", [c for c in CODE if c not in (CODE.RULE_BOOK_UNKNOWN, CODE.INVALID)]
)
def test_a_refusal_about_connects_or_money_leaves_nobody_in_doubt(code: RefusalCode) -> None:
    facts = {
        "needed": 6,
        "balance": 4,
        "limit": 140,
        "room": 12,
        "connects": 7,
        "max_connects": 6,
        "credits": 13,
        "most": 60,
        "within_seconds": 60,
    }
    told = words(code, **facts).lower()

    assert any(
        word in told for word in ("nothing", "no money moved", "choose one of those offered")
    ), told


@pytest.mark.parametrize("cause", DeclineCause)
def test_every_cause_of_a_decline_says_what_to_do(cause: DeclineCause) -> None:
    told = words(CODE.PAYMENT_DECLINED, cause=cause.value)

    assert DECLINES[cause.value] in told
    assert "No money moved" in told


def test_a_decline_for_no_known_cause_says_what_to_do_too() -> None:
    assert "another payment method" in words(CODE.PAYMENT_DECLINED, cause="unheard-of")


@pytest.mark.parametrize("why", WHY_NOT)
def test_every_reason_against_a_way_to_pay_is_told(why: str) -> None:
    told = words(CODE.PAYMENT_METHOD_UNAVAILABLE, method="card", why=why)

    assert told.startswith("Card")
    assert WHY_NOT[why] in told
    assert "nothing was charged" in told.lower()


def test_a_site_without_a_provider_says_so() -> None:
    told = words(CODE.PAYMENT_METHOD_UNAVAILABLE, method="card", why="no_payments")

    assert "no payment provider" in told


@pytest.mark.parametrize(
    "problem", ["lot_unknown", "spend_unknown", "wallet_unknown", "not_a_spend"]
)
def test_what_the_journal_refuses_has_words_of_its_own(problem: str) -> None:
    assert "This" not in words(CODE.INVALID, problem=problem)
    assert UNHEARD_OF not in words(CODE.INVALID, problem=problem)


FACTS: dict[str, Any] = {
    "most": 1,
    "still": "Your limit is still 40.",
    "least": 0,
    "effective": "2026-12-01",
    "spent": 1,
    "held": 6,
    "returned": 1,
    "left": 1,
    "rest": "$1.00",
    "debt": 1,
    "roles": "x",
    "role": "x",
    "count": 1,
    "accounts": "x",
    "cohort": 1,
    "earliest": "2026-12-01T00:00:00+00:00",
    "noun": "messages",
    "within_seconds": 60,
    "retry_after_seconds": 60,
}


def test_every_problem_has_words_and_every_words_have_a_problem() -> None:
    assert {*PROBLEMS, *OF_FIELDS} == set(Problem)
    assert not PROBLEMS.keys() & OF_FIELDS.keys()


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_is_told_as_a_sentence(problem: Problem) -> None:
    told = problem_sentence({"problem": problem, **FACTS})

    assert told.endswith(".")
    assert told[0].isupper() or told[0].isdigit()


def test_no_two_problems_read_alike() -> None:
    limits = {"too_often_text", "_too_many_invitations"}
    told = [
        problem_sentence({"problem": problem, **FACTS})
        for problem in Problem
        if getattr(PROBLEMS.get(problem), "__name__", "") not in limits
    ]
    assert [each for each in set(told) if told.count(each) > 1] == []


def test_a_problem_that_nobody_has_put_into_words_is_still_told() -> None:
    assert words(CODE.INVALID, problem="unheard_of", field="colour") == f"Colour: {UNHEARD_OF}."
    assert words(CODE.NOT_ALLOWED, problem="unheard_of").endswith("changed.")


def test_a_problem_reads_alike_beside_its_field_and_in_a_list_for_programs() -> None:
    assert beside_field(Problem.NEGATIVE) == "Enter 0 or more."
    assert field_problem_text("rate", {"problem": Problem.NEGATIVE}) == "rate: enter 0 or more."
    assert field_problem_text("role", {"problem": Problem.SOFT_CAP}) == problem_sentence(
        {"problem": Problem.SOFT_CAP}
    )


@pytest.mark.parametrize("problem", sorted(CHARGE_FEARED))
def test_where_somebody_would_fear_it_they_read_that_nothing_was_charged(problem: Problem) -> None:
    assert words(CODE.INVALID, problem=problem, **FACTS).endswith("Nothing was charged.")


@pytest.mark.parametrize(
    "problem", [Problem.REQUIRED, Problem.UNKNOWN_ACCOUNT, Problem.EMAIL_TAKEN]
)
def test_a_form_that_charges_nothing_does_not_speak_of_charges(problem: Problem) -> None:
    assert "charged" not in words(CODE.INVALID, problem=problem)


@pytest.mark.parametrize("table", [STATUSES, CARE, WHY_NOT, DECLINES])
def test_what_staff_and_members_read_of_a_payment_is_never_empty(table: dict[str, str]) -> None:
    assert all(text.strip() for text in table.values())


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3_600, "1 hour"),
        (3_601, "2 hours"),
        (86_400, "1 day"),
        (86_401, "2 days"),
        (30 * 86_400, "30 days"),
    ],
)
def test_a_time_to_wait_is_rounded_up(seconds: int, said: str) -> None:
    assert span_text(seconds) == said


@given(st.integers(1, 10**7))
def test_nobody_is_told_to_come_back_too_soon(seconds: int) -> None:
    number, unit = span_text(seconds).split()
    lengths = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}

    assert int(number) * lengths[unit.removesuffix("s")] >= seconds
    assert (int(number) == 1) == (not unit.endswith("s"))


def test_a_limit_tells_how_often_and_how_long_to_wait() -> None:
    told = too_often_text(
        {"most": 3, "noun": "e-mails", "within_seconds": 86_400, "retry_after_seconds": 61}
    )

    assert all(fact in told for fact in ("3 e-mails", "1 day", "2 minutes"))
