from dataclasses import replace
from datetime import UTC, datetime

import pytest

from connects.statements.checks.check import Check, Why, asked_first
from connects.statements.checks.plans import PlanChange, check_of_plan, check_of_purchase
from connects.statements.checks.undo import Undo, undo_in
from connects.statements.checks.work import EndForecast, Withdrawal, check_of_withdrawal
from connects.vocabulary.amounts import Money
from connects.vocabulary.typed_input import Typed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHECK = Check(act="freeze the plan", means="3 people stop", button="Freeze", agree="3 people stop")
WITHDRAWAL = Withdrawal(
    job="j",
    title="Draw a logo",
    client="Acme",
    paid=6,
    comes_back=0,
    opened=None,
    minutes=15,
    if_closed=6,
)
PLUS = PlanChange(
    title="Plus",
    held="Basic",
    at_once=True,
    begins=NOON,
    balance=264,
    lost=104,
    connects=70,
    limit=160,
    worth=Money(15_60, "USD"),
    due=Money(14_99, "USD"),
    renews=NOON,
    same_plan=False,
)


def test_a_form_without_a_confirmation_is_asked_first() -> None:
    asked = asked_first(CHECK, Typed({"act": "freeze", "csrfmiddlewaretoken": "x"}))

    assert asked is not None
    assert asked.why is Why.FIRST
    assert asked.carried == (("act", "freeze"),)


def test_what_was_shown_and_ticked_is_confirmed() -> None:
    form = {"act": "freeze", "confirmed": CHECK.shown, "sure": "1"}

    assert asked_first(CHECK, Typed(form)) is None


def test_a_box_that_was_not_ticked_is_asked_for() -> None:
    asked = asked_first(CHECK, Typed({"confirmed": CHECK.shown}))

    assert asked is not None
    assert asked.why is Why.UNTICKED


def test_a_number_that_changed_since_is_shown_again() -> None:
    now = replace(CHECK, means="4 people stop")

    asked = asked_first(now, Typed({"confirmed": CHECK.shown, "sure": "1"}))

    assert asked is not None
    assert asked.why is Why.CHANGED


@pytest.mark.parametrize("confirmed", ["x", "0" * 32, "\x00", "9" * 5_000])
def test_nonsense_confirms_nothing(confirmed: str) -> None:
    assert asked_first(CHECK, Typed({"confirmed": confirmed, "sure": "1"})) is not None


def test_what_an_upgrade_loses_stands_first_in_the_box_and_on_the_button() -> None:
    check = check_of_plan(PLUS)

    assert check.means == "You would lose 104 of your 264 Connects today"
    assert "at most 160 Connects roll over" in check.because
    assert "$15.60" in check.because
    assert check.agree == "I understand that 104 Connects will be gone"
    assert check.button == "Upgrade and lose 104 Connects"
    (bill,) = check.bills
    assert [line.value for line in bill.lines] == ["264", "−104", "+70", "230"]


def test_an_upgrade_that_loses_nothing_says_what_is_paid() -> None:
    check = check_of_plan(replace(PLUS, lost=0, balance=14))

    assert check.means == "You keep all of your 14 Connects"
    assert check.button == "Pay $14.99 and begin Plus"
    assert not check.loses
    assert not check.agree


def test_a_downgrade_says_from_when_and_that_it_can_be_undone_until_then() -> None:
    told = replace(PLUS, title="Basic", held="Plus", at_once=False, due=Money(0, "USD"), connects=0)
    check = check_of_plan(told)

    assert check.means == "You would lose 104 of your 264 Connects on 20 November 2026"
    assert "What you use before then is not lost." in check.because
    assert check.undo == "Until 20 November 2026 you can change your mind: choose Plus again."


@pytest.mark.parametrize(
    ("told", "means", "because"),
    [
        (
            WITHDRAWAL,
            "Nothing comes back: you would lose 6 Connects",
            "Connects come back only in the first 15 minutes after sending.",
        ),
        (
            replace(WITHDRAWAL, opened=NOON),
            "Nothing comes back: you would lose 6 Connects",
            "Acme opened your letter on 20 November 2026, 12:00 UTC.",
        ),
        (
            replace(WITHDRAWAL, minutes=None),
            "Nothing comes back: you would lose 6 Connects",
            "Under the rules you paid by, nothing comes back when you withdraw.",
        ),
        (replace(WITHDRAWAL, comes_back=6), "You get 6 Connects back", "less than 15 minutes ago"),
        (
            replace(WITHDRAWAL, paid=0, if_closed=0),
            "You paid nothing for this proposal, so nothing is lost",
            "",
        ),
    ],
)
def test_a_withdrawal_says_what_comes_back_and_why(
    told: Withdrawal, means: str, because: str
) -> None:
    check = check_of_withdrawal(told)

    assert check.means == means
    assert because in check.because
    assert bool(check.agree) == check.loses


def test_who_withdraws_reads_what_waiting_may_bring() -> None:
    (_, waiting) = check_of_withdrawal(WITHDRAWAL).notes

    assert waiting == "If you wait, and Acme closes the job without hiring, 6 Connects come back."


@pytest.mark.parametrize(
    ("forecast", "words"),
    [
        (EndForecast(1, 4, 14, 0, 4), "14 Connects go back to 4 freelancers."),
        (EndForecast(1, 1, 1, 0, 1), "1 Connect goes back to 1 freelancer."),
        (
            EndForecast(1, 0, 0, 1, 1),
            (
                "No Connects go back to anyone. 1 other who paid gets nothing, by the rules"
                " they paid under."
            ),
        ),
    ],
)
def test_who_gets_what_back_is_a_sentence(forecast: EndForecast, words: str) -> None:
    assert forecast.words() == words


def test_a_purchase_that_a_renewal_would_trim_says_so_first() -> None:
    check = check_of_purchase(40, Money(6_00, "USD"), 120, NOON, 20, NOON)

    assert check.means == "You would lose 20 Connects on 20 November 2026 if you buy these"
    assert check.loses


def test_an_undo_travels_with_a_message() -> None:
    undo = Undo("/proposals/x/", {"act": "reconsider"})

    assert undo_in(undo.tag) == undo
    assert undo_in("") is None
