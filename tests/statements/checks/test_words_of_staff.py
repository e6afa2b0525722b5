from dataclasses import replace
from datetime import UTC, datetime

import pytest

from connects.statements.checks.plans import Refund, check_of_end_of_plan, check_of_refund
from connects.statements.checks.rollouts import (
    RolloutCounts,
    check_of_pause,
    check_of_roll_back,
    check_of_schedule,
)
from connects.statements.checks.staff import check_of_move
from connects.statements.checks.teams import check_of_key
from connects.statements.checks.work import EndForecast, check_of_close, check_of_hire
from connects.statements.move_forecast import MoveForecast
from connects.vocabulary.amounts import Money

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNTS = RolloutCounts(before="Paid", after="Fair", planned=1, told=2, moved=38)
REFUND = Refund(
    who="Ana",
    what="20 Connects",
    amount=Money(3_00, "USD"),
    taken=20,
    from_lots=4,
    debt=16,
    balance=4,
    plan="",
)


def test_a_roll_back_says_how_many_members_move_back_and_who_is_told_again() -> None:
    check = check_of_roll_back(COUNTS)

    assert check.means == "38 members move back to Paid"
    assert [line.value for line in check.bills[0].lines] == ["38", "40", "3"]
    assert "1 was not told yet and stays." in check.because
    assert check_of_roll_back(replace(COUNTS, planned=0, told=0)).because == "", (
        "nobody is left out"
    )


def test_a_pause_says_who_waits() -> None:
    assert check_of_pause(COUNTS).means == "3 accounts wait until you resume"


@pytest.mark.parametrize(
    ("losers", "has_dry_run", "words"),
    [
        (0, True, "By the dry run nobody loses a Connect."),
        (1, True, "By the dry run 1 account would lose 72 Connects, at their next renewal."),
        (0, False, "There is no dry run of it yet. Make one first to see who would lose what."),
    ],
)
def test_scheduling_says_what_the_dry_run_says(losers: int, has_dry_run: bool, words: str) -> None:
    check = check_of_schedule("Fair", NOON, 9, losers, 72 * losers, has_dry_run=has_dry_run)

    assert check.because == words
    assert check.button == "Schedule 9 moves"
    assert "20 November 2026, 12:00 UTC" in check.notes[0]


def test_a_refund_says_what_is_owed_and_which_plan_ends() -> None:
    check = check_of_refund(REFUND)

    assert check.means == "$3.00 goes back, and 20 Connects with it"
    assert [line.value for line in check.bills[0].lines] == ["4", "−4", "0", "16"]
    assert check.notes == ("Ana is told.",)


@pytest.mark.parametrize(
    ("refunds", "money_back", "means"),
    [
        ((REFUND,), True, "Plus ends now: $3.00 goes back, and 20 Connects with it"),
        ((), True, "Plus ends now. Nothing was paid for this month, so nothing goes back"),
        ((), False, "Plus ends now. Ana keeps 4 Connects and gets no money back"),
    ],
)
def test_the_end_of_a_plan_says_what_becomes_of_money_and_connects(
    refunds: tuple[Refund, ...], money_back: bool, means: str
) -> None:
    check = check_of_end_of_plan("Ana", "Plus", refunds, money_back=money_back, balance=4)

    assert check.means == means


def test_a_move_says_what_would_be_lost_and_what_comes() -> None:
    forecast = MoveForecast(100, 0, 30, 60, 70, 0)

    check = check_of_move("Ana", "Paid", "Fair", forecast, notice_days=7)

    assert check.means == "Ana would lose 30 of 100 Connects"
    assert check.because == "They move from Paid to Fair after 7 days of notice."
    assert check.notes == (
        "They get 60 Connects with the move.",
        "Their plan brings 0 Connects a month, not 70.",
    )


def test_a_client_has_nothing_to_lose_by_a_move() -> None:
    check = check_of_move("Acme", "Paid", "Fair", None, notice_days=0)

    assert check.means == "Acme moves to Fair now"


def test_a_hire_says_how_much_less_the_others_get() -> None:
    check = check_of_hire("Ana", 6, EndForecast(1, 4, 14, 0, 4), EndForecast(1, 1, 2, 3, 4))

    assert check.notes == ("The others would get 12 Connects less back.",)
    assert [line.value for line in check.bills[0].lines] == ["14", "2"]


def test_a_close_after_a_hire_says_so() -> None:
    check = check_of_close("Logo", EndForecast(1, 0, 0, 2, 1), hired=True)

    assert check.means == "No Connects go back to anyone"
    assert check.because.startswith("You close it after a hire. 2 others who paid get nothing")
    assert check.button == "Close the job"


@pytest.mark.parametrize(("used", "words"), [(None, "never used"), (NOON, "20 November 2026")])
def test_a_key_says_when_it_was_last_used(used: datetime | None, words: str) -> None:
    assert words in check_of_key("watcher", used).because
