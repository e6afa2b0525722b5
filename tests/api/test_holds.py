"""A host's order of work: hold, its own row, submit. Wherever it is stopped, nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest

from connects.bootstrap.clock import held_at
from connects.due.run import run
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import NOON, Town

HELD = {"account": "u-7", "job": "9", "max_connects": 50, "hold_seconds": 900}


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    host.job("9")
    host.freelancer("u-7")
    return host


def wallet(host: Host) -> dict[str, Any]:
    told: dict[str, Any] = host.get("accounts/u-7/wallet").json()
    return told


def test_a_hold_is_answered_with_what_is_held_and_until_when(host: Host) -> None:
    before = wallet(host)["balance"]

    answer = host.put("proposals/p-81", HELD)

    assert answer.status_code == 201
    told = answer.json()
    assert (told["id"], told["status"], told["submitted"]) == ("p-81", "held", None)
    assert told["confirm_by"] == "2019-05-20T12:15:00Z"
    assert told["held"] == told["connects"] > 0
    assert told["wallet"]["balance"] == before - told["connects"]
    assert told["wallet"]["held"] == told["connects"]
    assert told["wallet"]["sequence"] == told["entry"]
    assert host.get("proposals/p-81").json() == told
    assert host.get("jobs/9").json()["proposals"] == 0


def test_submitting_charges_what_was_held_once(host: Host) -> None:
    held = host.put("proposals/p-81", HELD).json()

    first = host.post("proposals/p-81/submit")
    again = host.post("proposals/p-81/submit")
    put_again = host.put("proposals/p-81", HELD)

    told = first.json()
    assert (first.status_code, told["status"], told["held"]) == (200, "submitted", 0)
    assert (told["connects"], told["confirm_by"]) == (held["connects"], None)
    assert told["wallet"]["balance"] == held["wallet"]["balance"]
    assert told["wallet"]["held"] == 0
    for each in (again, put_again):
        assert (each.status_code, each.headers["Idempotent-Replayed"]) == (200, "true")
        assert each.json() == told


def test_the_same_hold_again_is_the_same_hold(host: Host) -> None:
    first = host.put("proposals/p-81", HELD)

    again = host.put("proposals/p-81", HELD)
    longer = host.put("proposals/p-81", {**HELD, "hold_seconds": 1_800})
    at_once = host.put("proposals/p-81", {**HELD, "hold_seconds": None})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.json() == first.json()
    for other in (longer, at_once):
        told = problem(other, 409)
        assert told["code"] == "already_different"
        assert told["parameters"]["fields"] == ["hold_seconds"]


def test_a_post_with_an_idempotency_key_is_that_put(host: Host) -> None:
    first = host.post("proposals", HELD, **{"Idempotency-Key": "p-81"})
    again = host.put("proposals/p-81", HELD)

    assert (first.status_code, first.json()["status"]) == (201, "held")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert host.post("proposals/p-81/submit").json()["status"] == "submitted"


def test_a_hold_that_ran_out_has_its_own_code_and_its_connects_are_back(host: Host) -> None:
    before = wallet(host)["balance"]
    host.put("proposals/p-81", HELD)

    with held_at(NOON + timedelta(minutes=15)):
        run(NOON + timedelta(minutes=15))
        late = problem(host.post("proposals/p-81/submit"), 409)
        put_again = host.put("proposals/p-81", HELD)
        present = host.get("proposals/p-81").json()

        assert late["code"] == "hold_expired"
        assert late["parameters"]["why"] == "ran_out"
        assert (wallet(host)["balance"], wallet(host)["held"]) == (before, 0)
        assert put_again.headers["Idempotent-Replayed"] == "true"
        assert (present["status"], present["released"]) == ("withdrawn", "ran_out")
        assert (present["held"], present["confirm_by"]) == (0, None)
        # Another id may try again.
        assert host.put("proposals/p-82", HELD).status_code == 201


def test_a_hold_is_let_go_by_withdrawing_it(host: Host) -> None:
    before = wallet(host)["balance"]
    host.put("proposals/p-81", HELD)

    answers = [host.post("proposals/p-81/withdraw") for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json()["released"] == "withdrawn"
    assert answers[1].headers["Idempotent-Replayed"] == "true"
    assert (wallet(host)["balance"], wallet(host)["held"]) == (before, 0)
    told = problem(host.post("proposals/p-81/submit"), 403)
    assert told["parameters"]["problem"] == "withdrawn"


def test_a_job_that_ends_lets_go_what_is_held_for_it(host: Host) -> None:
    before = wallet(host)["balance"]
    host.put("proposals/p-81", HELD)

    host.post("jobs/9/end", {"how": "not_hiring"})

    told = host.get("proposals/p-81").json()
    assert (told["status"], told["released"]) == ("closed", "job_ended")
    assert (wallet(host)["balance"], wallet(host)["held"]) == (before, 0)
    assert problem(host.post("proposals/p-81/submit"), 409)["code"] == "job_closed"


@pytest.mark.parametrize("event", ["opened", "shortlisted", "messaged", "hired", "declined"])
def test_a_client_does_nothing_with_what_is_only_reserved(host: Host, event: str) -> None:
    host.put("proposals/p-81", HELD)

    told = problem(host.post(f"proposals/p-81/{event}"), 403)

    assert told["parameters"]["problem"] == "not_sent_yet"


def test_the_lines_of_a_hold_name_proposal_and_job_by_the_hosts_ids(host: Host) -> None:
    host.put("proposals/p-81", HELD)
    host.post("proposals/p-81/submit")
    host.job("10")
    host.put("proposals/p-82", {**HELD, "job": "10"})

    lines = host.get("accounts/u-7/wallet/entries", limit=4).json()["items"]

    assert [(each["kind"], each["reference"]) for each in lines] == [
        ("hold", {"proposal": "p-82", "job": "10"}),
        ("spend", {"proposal": "p-81", "job": "9"}),
        ("release", {"proposal": "p-81", "job": "9"}),
        ("hold", {"proposal": "p-81", "job": "9"}),
    ]


def test_a_quote_is_honoured_by_a_hold(host: Host) -> None:
    (offered,) = host.post("quotes", {"account": "u-7", "jobs": ["9"]}).json()["quotes"]
    host.put("jobs/9", {"client": "c-1", "kind": "fixed", "budget_cents": 90_000_00})
    body = {"account": "u-7", "job": "9", "quote": offered["id"], "hold_seconds": 60}

    assert host.put("proposals/p-81", body).json()["held"] == offered["connects"]


def test_too_few_connects_hold_nothing(host: Host) -> None:
    host.freelancer("poor", grants="none")

    told = problem(host.put("proposals/p-81", {**HELD, "account": "poor"}), 402)

    assert told["code"] == "insufficient_connects"
    assert problem(host.get("proposals/p-81"), 404)["code"] == "proposal_unknown"
