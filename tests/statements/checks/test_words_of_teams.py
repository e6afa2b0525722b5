from datetime import UTC, datetime, timedelta

import pytest

from connects.statements.checks.freeze import check_of_freeze
from connects.statements.checks.staff import (
    check_of_api_client,
    check_of_client_suspension,
    check_of_erasure,
    check_of_member_suspension,
    check_of_reinstatement,
    check_of_removal_of_job,
    check_of_void,
)
from connects.statements.checks.teams import check_of_removal
from connects.statements.checks.work import EndForecast, check_of_decline
from connects.statements.spending_limit_words import (
    ceiling_under_price,
    most_of_own,
    over_spending_limit,
)
from connects.vocabulary.refusals import Parameters

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOME = EndForecast(jobs=2, people=4, connects=14, nothing=0, told=5)


def test_a_frozen_plan_says_who_stops_and_what_expires_meanwhile() -> None:
    check = check_of_freeze("Studio", 3, timedelta(days=9, hours=5), 46, (10, NOON))

    assert check.means == "3 people can no longer propose for Studio"
    assert "The 9 days that are left" in check.because
    assert check.notes == (
        "Your 46 Connects stay, and expire as ever.",
        "The next 10 expire on 20 November 2026, frozen or not.",
    )


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        (0, "They have no open proposal for Studio."),
        (1, "1 open proposal of theirs stays with Studio, and so does what comes back."),
        (2, "2 open proposals of theirs stay with Studio, and so does what comes back."),
    ],
)
def test_a_removed_member_leaves_what_they_sent(waiting: int, words: str) -> None:
    check = check_of_removal("Ana", "Studio", waiting, 7, admin=False)

    assert check.because.endswith(words)
    assert "a member today, and spent 7 Connects" in check.because


def test_a_suspended_client_ends_jobs_and_gives_back() -> None:
    check = check_of_client_suspension("Acme", SOME)

    assert check.means == "2 open jobs of Acme end"
    assert check.because == "14 Connects go back to 4 freelancers."


def test_a_suspended_agency_stops_its_team_and_its_plan() -> None:
    check = check_of_member_suspension("Studio", 46, 2, "Plus", 3)

    assert "They keep their 46 Connects. 2 proposals that wait" in check.because
    assert check.notes[1:] == (
        "Their Plus membership is not charged again, and ends with its month.",
        "3 people can no longer propose for Studio.",
    )


def test_a_reinstated_account_loses_nothing() -> None:
    assert not check_of_reinstatement("Ana").loses


def test_a_removed_job_says_who_gets_what_and_whose_flags_were_right() -> None:
    check = check_of_removal_of_job("Logo", "Acme", SOME, 2)

    assert check.means == "14 Connects go back to 4 freelancers"
    assert check.button == "Remove the job and give 14 Connects back"
    assert check.notes == ("Acme is told, with your reason.", "2 flags are upheld.")


def test_what_is_taken_back_is_a_bill() -> None:
    (bill,) = check_of_void("Ana", 6, 16).bills

    assert [line.value for line in bill.lines] == ["16", "−6", "10"]


def test_erasing_lists_what_ends() -> None:
    assert check_of_erasure("Ana", ("1 API key: stop working.",)).notes == (
        "1 API key: stop working.",
    )


@pytest.mark.parametrize(
    ("key", "means"),
    [("", "2 keys of “shop” stop working at once"), ("csk", "Programs that use this key stop")],
)
def test_a_programs_keys_stop_working(key: str, means: str) -> None:
    assert check_of_api_client("shop", 2, key).means.startswith(means)


def test_taking_an_offer_back_is_called_that() -> None:
    check = check_of_decline("Ana", was_offered=True, may_come=0, paid=0)

    assert check.button == "Take the offer to Ana back"
    assert check.because == "Their proposal was free, so no Connects are at stake."


def test_a_limit_is_named_with_what_is_left() -> None:
    told = over_spending_limit({"most": 40, "spent": 35, "needed": 8})

    assert told == (
        "This letter costs 8, and you have 5 left of your 40 Connects for this month."
        " Raise your limit, or wait for the new month."
    )
    assert "monthly limit" in over_spending_limit({"most": 40, "spent": 35})
    assert (most_of_own({"most": 4}), most_of_own({})) == (": 4 Connects a month", "")


def test_a_ceiling_names_the_price_that_it_must_reach_where_that_is_known() -> None:
    known = ceiling_under_price("Monthly limit", {"price": "$1.50"})

    assert known == "Monthly limit: enter at least $1.50, which is what buying once costs."
    assert "enter more" in ceiling_under_price("Monthly limit", {})


def test_who_meets_an_agencys_limit_is_told_who_can_raise_it() -> None:
    facts: Parameters = {"most": 1_200, "spent": 1_195, "needed": 8, "agency": "Harbour"}
    of_member = over_spending_limit({**facts, "of": "member"})
    of_agency = over_spending_limit({**facts, "of": "agency"})

    assert "you have 5 left of the 1,200 Connects that Harbour lets you spend" in of_member
    assert "Ask its owner for more" in of_member
    assert "Harbour has 5 left of its 1,200 Connects" in of_agency
