"""Many items in one call: each with its own outcome in the same order, or all of them or none."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from tests.api.calling import problem
from tests.api.hosts import Host, server_key
from tests.market.people import Town

PROPOSAL = {"account": "u-7", "job": "9", "max_connects": 50}


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    for name in ("9", "10", "11"):
        host.job(name)
    host.freelancer("u-7")
    return host


def balance(host: Host, account: str = "u-7") -> int:
    return int(host.get(f"accounts/{account}/wallet").json()["balance"])


def outcomes(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 207, response.content
    told: list[dict[str, Any]] = response.json()["items"]
    return told


def shortly(told: list[dict[str, Any]]) -> list[tuple[str | None, int, str | None]]:
    return [
        (each["id"], each["status"], each["problem"] and each["problem"]["code"]) for each in told
    ]


def lines(*items: Any) -> str:
    return "\n".join(json.dumps(item) for item in items)


def test_each_item_has_its_own_outcome_in_the_same_order(host: Host) -> None:
    before = balance(host)
    told = outcomes(
        host.put(
            "proposals",
            [
                {"id": "a", **PROPOSAL},
                {"id": "b", **PROPOSAL, "job": "nowhere"},
                {"id": "c", **PROPOSAL, "job": "10"},
                {"id": "d", **PROPOSAL, "job": "10"},
                {"id": "e", "account": "u-7"},
                {"id": "f/g", **PROPOSAL},
                {"account": "u-7"},
                "nothing",
            ],
        )
    )

    assert shortly(told) == [
        ("a", 201, None),
        ("b", 404, "job_unknown"),
        ("c", 201, None),
        ("d", 409, "already_proposed"),
        ("e", 422, "invalid"),
        ("f/g", 422, "invalid"),
        (None, 422, "invalid"),
        (None, 422, "invalid"),
    ]
    paid = sum(each["document"]["connects"] for each in told if each["document"])
    assert balance(host) == before - paid
    assert told[0]["document"] == host.get("proposals/a").json() | {
        "wallet": told[0]["document"]["wallet"]
    }
    assert told[4]["problem"]["parameters"]["problems"][0]["field"] == "job"


@pytest.mark.parametrize("name", ["a\ud800", "a\x00"], ids=["half a character", "nul"])
def test_an_id_that_no_database_takes_is_refused_by_name(host: Host, name: str) -> None:
    (told,) = outcomes(host.put("proposals", [{"id": name, **PROPOSAL}]))

    assert shortly([told]) == [(name, 422, "invalid")]
    assert told["problem"]["parameters"]["problems"] == [{"field": "id", "problem": "not_an_id"}]


def test_the_same_call_again_does_nothing_more(host: Host) -> None:
    items = [{"id": "a", **PROPOSAL}, {"id": "b", **PROPOSAL, "job": "10", "hold_seconds": 60}]
    first = outcomes(host.put("proposals", items))
    after = balance(host)

    again = outcomes(host.put("proposals", items))

    assert [each["status"] for each in first] == [201, 201]
    assert [(each["status"], each["replayed"]) for each in again] == [(200, True), (200, True)]
    assert [each["document"]["status"] for each in again] == ["submitted", "held"]
    assert balance(host) == after


def test_what_is_refused_or_sent_again_costs_no_statements_of_its_own(host: Host) -> None:
    for name in ("u-8", "u-9"):
        host.freelancer(name)
    host.put("proposals/taken", {**PROPOSAL, "account": "u-9", "job": "11"})
    host.put("proposals", [{"id": f"sent-{n}", **PROPOSAL, "job": n} for n in ("9", "10")])

    before: list[dict[str, Any]] = [
        {"id": "sent-9", **PROPOSAL},
        {"id": "sent-10", **PROPOSAL, "job": "10", "max_connects": 49},
        {"id": "taken", **PROPOSAL, "account": "u-8"},
        {"id": "dear", **PROPOSAL, "account": "u-8", "max_connects": 0},
        {"id": "twice", **PROPOSAL},
    ]

    def refused(times: int) -> list[dict[str, Any]]:
        return [
            each
            for n in range(times)
            for each in (
                {"id": f"nobody-{n}", **PROPOSAL, "account": f"nobody-{n}"},
                {"id": f"nothing-{n}", **PROPOSAL, "job": f"nothing-{n}"},
                {"id": f"client-{n}", **PROPOSAL, "account": "c-1"},
                {"id": f"quote-{n}", "account": "u-8", "job": "9", "quote": "qt_nonsense"},
                {"id": f"open-{n}", "account": "u-8", "job": "9"},
            )
        ]

    with CaptureQueriesContext(connection) as once:
        told = outcomes(host.put("proposals", before + refused(1)))
    with CaptureQueriesContext(connection) as often:
        many = outcomes(host.put("proposals", before + refused(6)))

    assert [each["problem"] and each["problem"]["code"] for each in told] == [
        None,
        "already_different",
        "already_different",
        "price_changed",
        "already_proposed",
        "account_unknown",
        "job_unknown",
        "wrong_kind",
        "quote_unknown",
        "invalid",
    ]
    assert shortly(told) == shortly(many[:10])
    codes = [each["problem"] and each["problem"]["code"] for each in many]
    assert codes == codes[:5] + 6 * codes[5:10]
    assert len(often) == len(once)


@pytest.mark.parametrize("by_address", [True, False])
def test_an_atomic_call_with_a_failure_leaves_nothing(host: Host, by_address: bool) -> None:
    before = host.get("accounts/u-7/wallet").json()
    host.put("proposals/old", {**PROPOSAL, "job": "11"})
    old = balance(host)
    items = [
        {"id": "a", **PROPOSAL},
        {"id": "old", **PROPOSAL, "job": "11"},
        {"id": "b", **PROPOSAL, "job": "10", "max_connects": 0},
    ]

    answer = (
        host.put("proposals?atomic=true", items)
        if by_address
        else host.put("proposals", {"items": items, "atomic": True})
    )

    assert shortly(outcomes(answer)) == [
        ("a", 409, "batch_refused"),
        ("old", 200, None),
        ("b", 409, "price_changed"),
    ]
    assert balance(host) == old < before["balance"]
    assert not Proposal.objects.filter(external_id__in=["a", "b"]).exists()


def test_an_atomic_call_without_a_failure_is_done_whole(host: Host) -> None:
    items = [{"id": "a", **PROPOSAL}, {"id": "b", **PROPOSAL, "job": "10"}]

    told = outcomes(host.put("proposals", {"items": items, "atomic": True}))

    assert [each["status"] for each in told] == [201, 201]
    assert Proposal.objects.filter(external_id__in=["a", "b"]).count() == 2


def test_an_atomic_call_with_an_item_that_cannot_be_read_does_nothing(host: Host) -> None:
    before = balance(host)

    told = outcomes(
        host.put("proposals", {"items": [{"id": "a", **PROPOSAL}, {"id": "b"}], "atomic": True})
    )

    assert shortly(told) == [("a", 409, "batch_refused"), ("b", 422, "invalid")]
    assert balance(host) == before


def test_lines_of_json_are_items_and_a_broken_one_stops_no_other(host: Host) -> None:
    body = lines({"id": "a", **PROPOSAL}) + "\n{broken\n\n" + lines({"id": "b", **PROPOSAL})
    answer = host.client.put(
        "/api/v1/proposals", body.encode(), content_type="application/x-ndjson"
    )

    assert shortly(outcomes(answer)) == [
        ("a", 201, None),
        (None, 400, "malformed"),
        ("b", 409, "already_proposed"),
    ]


def test_every_kind_that_has_an_address_of_its_own_comes_in_bulk(host: Host) -> None:
    accounts = [{"id": f"n-{n}", "kind": "freelancer", "grants": "none"} for n in range(3)]
    jobs = [{"id": f"j-{n}", "client": "c-1", "kind": "fixed", "budget_cents": 50_00} for n in "12"]
    grants = [{"id": f"g-{n}", "account": f"n-{n}", "credits": 5, "reason": "Hi"} for n in range(3)]
    paid = {"reference": "ch_1", "cents": 600, "currency": "USD"}
    purchases = [{"id": "p-1", "account": "n-0", "bundle": 40, "paid": paid}]

    for name, items in (
        ("accounts", accounts),
        ("jobs", jobs),
        ("grants", grants),
        ("purchases", purchases),
    ):
        assert {each["status"] for each in outcomes(host.put(name, items))} == {201}, name

    assert [balance(host, f"n-{n}") for n in range(3)] == [45, 5, 5]


def test_a_thousand_items_are_taken_and_one_more_is_not(host: Host) -> None:
    before = Account.objects.count()
    thousand = [{"id": f"n-{n}"} for n in range(1_000)]

    assert len(outcomes(host.put("accounts", thousand))) == 1_000
    for body, kind in (
        (json.dumps([*thousand, {"id": "more"}]), "application/json"),
        (json.dumps({"items": [*thousand, {"id": "more"}]}), "application/json"),
        (lines(*thousand, {"id": "more"}), "application/x-ndjson"),
    ):
        told = problem(host.client.put("/api/v1/accounts", body, content_type=kind), 422)
        assert (told["code"], told["parameters"]) == (
            "too_many_items",
            {"items": 1_001, "most": 1_000},
        )
    assert Account.objects.count() == before


def test_a_body_of_more_than_a_million_bytes_is_refused(host: Host) -> None:
    items = [{"id": f"n-{n}", "kind": "freelancer", "name": "x" * 100} for n in range(900)]
    large = json.dumps(items) + " " * 1_000_000

    told = problem(host.client.put("/api/v1/accounts", large, content_type="application/json"), 413)

    assert told["code"] == "too_large"
    assert not Account.objects.filter(external_id="n-0").exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b'"text"', 422, "invalid"),
        (b"{}", 422, "invalid"),
        (b'{"items": {}}', 422, "invalid"),
        (b'{"items": [], "atomic": "yes"}', 422, "invalid"),
        (b'{"items": [], "more": 1}', 422, "invalid"),
    ],
)
def test_a_body_that_is_no_list_is_refused_as_a_whole(
    host: Host, body: bytes, status: int, code: str
) -> None:
    answer = host.client.put("/api/v1/proposals", body, content_type="application/json")

    assert problem(answer, status)["code"] == code


def test_an_empty_list_has_no_outcomes(host: Host) -> None:
    assert outcomes(host.put("proposals", [])) == []


def test_each_kind_needs_its_own_scope(here: Town) -> None:
    reader = Host(server_key("reader", ("read",)))

    for name in ("accounts", "jobs", "proposals", "grants", "purchases"):
        assert problem(reader.put(name, []), 403)["code"] == "scope_missing"
