"""A host's proposals: quoted, charged once under its own id, and followed to their end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import NOON, Town


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    host.job("9")
    host.freelancer("u-7")
    return host


def quote(host: Host, account: str = "u-7", job: str = "9") -> Any:
    return host.post("quotes", {"account": account, "jobs": [job]}).json()["quotes"][0]


def body(**more: object) -> dict[str, object]:
    return {"account": "u-7", "job": "9", "max_connects": 50, **more}


def balance(host: Host, account: str = "u-7") -> int:
    return int(host.get(f"accounts/{account}/wallet").json()["balance"])


def test_a_quote_tells_price_reasons_lots_and_what_would_come_back(host: Host) -> None:
    told = quote(host)

    assert told["connects"] > 0
    assert (told["free"], told["enough"], told["missing"], told["problem"]) == (None, True, 0, None)
    assert sum(share["credits"] for share in told["pays_from"]) == told["connects"]
    assert {case["cause"] for case in told["comes_back"]} >= {"closed_without_hire"}
    assert told["reasons"]
    assert told["expires"] == "2019-05-20T12:10:00Z"


def test_many_jobs_are_quoted_with_as_many_statements_as_one(host: Host) -> None:
    names = [f"j-{number}" for number in range(30)]
    for name in names:
        host.job(name)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = host.post("quotes", {"account": "u-7", "jobs": [*names, "nowhere"]}).json()

    assert len(asked) <= 8, [each["sql"][:90] for each in asked]
    assert [each["job"] for each in told["quotes"]] == [*names, "nowhere"]
    assert all(each["connects"] for each in told["quotes"][:-1])
    assert told["quotes"][-1]["problem"]["code"] == "job_unknown"


def test_more_than_a_hundred_jobs_are_too_many_for_one_call(host: Host) -> None:
    many = host.post("quotes", {"account": "u-7", "jobs": ["9"] * 101})
    none = host.post("quotes", {"account": "u-7", "jobs": []})

    assert problem(many, 422)["code"] == problem(none, 422)["code"] == "invalid"


def test_a_proposal_is_charged_at_its_quote(host: Host) -> None:
    offered, before = quote(host), balance(host)

    told = host.put("proposals/p-81", {"account": "u-7", "job": "9", "quote": offered["id"]})

    assert told.status_code == 201
    answer = told.json()
    assert (answer["id"], answer["status"]) == ("p-81", "submitted")
    assert answer["connects"] == offered["connects"]
    assert answer["wallet"]["balance"] == before - offered["connects"]
    assert answer["wallet"]["sequence"] == answer["entry"]


CHEAP = {"client": "c-1", "kind": "fixed", "budget_cents": 100_00}


@pytest.mark.parametrize("falls", [True, False])
def test_with_a_live_quote_the_lower_of_it_and_the_present_price_is_charged(
    host: Host, falls: bool
) -> None:
    dear = {**CHEAP, "budget_cents": 900_00}
    host.put("jobs/9", dear if falls else CHEAP)
    offered = quote(host)
    host.put("jobs/9", CHEAP if falls else dear)
    present = quote(host)
    assert (offered["connects"] > present["connects"]) is falls

    told = host.put("proposals/a", {"account": "u-7", "job": "9", "quote": offered["id"]}).json()

    assert told["connects"] == min(offered["connects"], present["connects"])


def test_the_same_again_is_the_same_answer_for_ever(host: Host) -> None:
    first = host.put("proposals/p-81", body())

    with held_at(NOON + timedelta(days=400)):
        again = host.put("proposals/p-81", body())

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.json()["entry"] == first.json()["entry"]
    assert Proposal.objects.filter(external_id="p-81").count() == 1


def test_the_same_name_with_another_body_is_told_which_fields_differ(host: Host) -> None:
    host.put("proposals/p-81", body())
    before = balance(host)

    told = problem(host.put("proposals/p-81", body(job="10", cover_letter="Hello")), 409)

    assert told["code"] == "already_different"
    assert told["parameters"]["fields"] == ["cover_letter", "job"]
    assert balance(host) == before


def test_a_post_with_an_idempotency_key_is_a_put_of_that_name(host: Host) -> None:
    first = host.post("proposals", body(), **{"idempotency-key": "p-81"})
    again = host.put("proposals/p-81", body())
    nameless = host.post("proposals", body())

    assert (first.status_code, again.status_code) == (201, 200)
    assert problem(nameless, 400)["code"] == "idempotency_key_needed"


def test_a_refused_name_may_succeed_later(host: Host) -> None:
    assert problem(host.put("proposals/p-81", body(max_connects=0)), 409)["code"] == "price_changed"

    assert host.put("proposals/p-81", body()).status_code == 201


def test_a_stale_or_foreign_quote_charges_nothing(host: Host) -> None:
    host.job("10")
    host.freelancer("u-8")
    stale, before = quote(host)["id"], balance(host)
    with held_at(NOON + timedelta(minutes=11)):
        late = host.put("proposals/a", {"account": "u-7", "job": "9", "quote": stale})
    on_time = NOON + timedelta(minutes=10)

    assert problem(late, 409)["code"] == "quote_expired"
    for wrong, code in (
        ({"account": "u-8", "job": "9", "quote": stale}, "quote_of_another"),
        ({"account": "u-7", "job": "10", "quote": stale}, "quote_of_another"),
        ({"account": "u-7", "job": "9", "quote": "qt_nothing"}, "quote_unknown"),
        ({"account": "u-7", "job": "9", "quote": stale[:-1] + "_"}, "quote_unknown"),
        ({"account": "u-7", "job": "9", "quote": stale.removeprefix("qt_")}, "quote_unknown"),
        ({"account": "u-7", "job": "9", "quote": "\0"}, "quote_unknown"),
    ):
        assert problem(host.put("proposals/a", wrong), 422)["code"] == code, wrong
    assert balance(host) == before
    with held_at(on_time):
        assert (
            host.put("proposals/a", {"account": "u-7", "job": "9", "quote": stale}).status_code
            == 201
        )


WRONG = {
    "no price said": ({"account": "u-7", "job": "9"}, 422, "invalid"),
    "an account unknown": (body(account="nobody"), 404, "account_unknown"),
    "a client": (body(account="c-1"), 422, "wrong_kind"),
    "a job unknown": (body(job="u-7"), 404, "job_unknown"),
    "an agency unknown": (body(agency="nobody"), 404, "account_unknown"),
    "not of the agency": (body(agency="studio"), 403, "not_member"),
    "a hold of a year": (body(hold_seconds=31_536_000), 422, "invalid"),
    "a hold of 7 days and a second": (body(hold_seconds=7 * 86_400 + 1), 422, "invalid"),
    "a hold of nothing": (body(hold_seconds=0), 422, "invalid"),
    "a text for a number": (body(max_connects="9"), 422, "invalid"),
    "NUL": (body(cover_letter="\0"), 422, "invalid"),
}


@pytest.mark.parametrize(("sent", "status", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_proposal_is_told_and_nothing_moves(
    host: Host, sent: object, status: int, code: str
) -> None:
    before = balance(host)

    assert problem(host.put("proposals/p-81", sent), status)["code"] == code
    assert balance(host) == before


def test_a_refusal_names_a_job_as_the_host_does(host: Host) -> None:
    host.put("proposals/p-81", body())
    host.put("proposals/h-1", body(job=host.job("10")["id"], hold_seconds=60))
    again = problem(host.put("proposals/p-82", body()), 409)
    for job in ("9", "10"):
        host.post(f"jobs/{job}/end", {"how": "not_hiring"})

    assert (again["code"], again["parameters"]) == ("already_proposed", {"job": "9"})
    new = {"client": "c-1", "kind": "fixed", "budget_cents": 1_000_00}
    for answer, expected in (
        (host.put("proposals/p-83", body()), {"job": "9"}),
        (host.post("proposals/p-81/opened"), {"job": "9", "problem": "own_job_over"}),
        (host.post("proposals/p-81/accepted"), {"job": "9"}),
        (host.post("proposals/p-81/withdraw"), {"job": "9"}),
        (host.post("proposals/h-1/submit"), {"job": "10"}),
        (host.put("jobs/9", new), {"job": "9", "problem": "own_job_over"}),
    ):
        told = problem(answer, 409)
        assert (told["code"], told["parameters"]) == ("job_closed", expected)


def test_too_few_connects_are_told_with_the_numbers(host: Host) -> None:
    host.freelancer("poor", grants="none")

    told = problem(host.put("proposals/p-81", body(account="poor")), 402)

    assert told["code"] == "insufficient_connects"
    assert told["parameters"]["balance"] == 0


def test_an_account_proposes_once_to_a_job(host: Host) -> None:
    host.put("proposals/a", body())

    assert problem(host.put("proposals/b", body()), 409)["code"] == "already_proposed"


def test_a_proposal_is_followed_to_a_hire(host: Host) -> None:
    host.put("proposals/a", body())

    way = ("submit", "opened", "shortlisted", "messaged", "answered", "offered", "accepted")
    answers = [host.post(f"proposals/a/{event}") for event in way]

    assert [each.status_code for each in answers] == [200] * len(way)
    states = [each.json()["status"] for each in answers]
    assert states == [
        "submitted",
        "opened",
        "shortlisted",
        "shortlisted",
        "shortlisted",
        "offered",
        "hired",
    ]
    assert answers[-1].json()["stage"] == "engaged"


@pytest.mark.parametrize(
    "event", ["opened", "shortlisted", "messaged", "offered", "hired", "declined", "withdraw"]
)
def test_what_has_happened_twice_has_happened_once(host: Host, event: str) -> None:
    host.put("proposals/a", body())

    first, again = host.post(f"proposals/a/{event}"), host.post(f"proposals/a/{event}")

    assert first.status_code == again.status_code == 200, first.content
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_withdrawal_in_time_brings_the_connects_back_by_the_rule_book(here: Town) -> None:
    host = Host()
    host.job("9")
    host.freelancer("u-7", rule_book="fair-2026")
    before = balance(host)
    host.put("proposals/a", body())

    told = host.post("proposals/a/withdraw").json()

    assert told["status"] == "withdrawn"
    assert balance(host) == before


def test_what_cannot_happen_any_more_is_refused_by_name(host: Host) -> None:
    host.put("proposals/a", body())
    host.post("proposals/a/withdraw")

    assert problem(host.post("proposals/a/hired"), 403)["parameters"]["problem"] == "withdrawn"
    assert problem(host.post("proposals/nowhere/hired"), 404)["code"] == "proposal_unknown"
    assert problem(host.post("proposals/a/eaten"), 422)["code"] == "invalid"


def test_a_line_of_history_names_the_hosts_proposal_and_job(host: Host) -> None:
    host.put("proposals/p-81", body())

    line = host.get("accounts/u-7/wallet/entries", limit=1).json()["items"][0]

    assert (line["kind"], line["reference"]) == ("spend", {"proposal": "p-81", "job": "9"})


def test_a_suspended_account_is_neither_quoted_nor_charged(host: Host) -> None:
    Account.objects.filter(external_id="u-7").update(suspended=NOON)

    assert quote(host)["problem"]["code"] == "not_allowed"
    assert problem(host.put("proposals/a", body()), 403)["parameters"] == {"problem": "suspended"}


def test_what_is_asked_for_is_told_again_and_is_a_part_of_the_body(host: Host) -> None:
    asked = body(price_cents=250_00, days=14)
    made = host.put("proposals/asked", asked).json()

    assert (made["price_cents"], made["hourly_cents"], made["days"]) == (250_00, None, 14)
    assert host.put("proposals/asked", asked).json()["days"] == 14
    other = host.put("proposals/asked", body(price_cents=260_00, days=14))
    assert problem(other, 409)["parameters"]["fields"] == ["price_cents"]


@pytest.mark.parametrize("asked", [{"hourly_cents": 20_00}, {"price_cents": 0}, {"days": 0.5}])
def test_what_cannot_be_asked_for_is_refused(host: Host, asked: dict[str, object]) -> None:
    refused = problem(host.put("proposals/asked", body(**asked)), 422)

    assert [
        each["field"] for each in refused["parameters"].get("problems", [refused["parameters"]])
    ] == [next(iter(asked))]
