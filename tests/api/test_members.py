"""Agencies' teams by a host's program: who may spend an agency's Connects, and how many."""

from typing import Any

import pytest

from connects.market.trust.models import StaffAct
from tests.api.calling import problem
from tests.api.hosts import Host, server_key
from tests.market.people import Town

MEMBER = "agencies/g-1/members/u-7"


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    for name in ("9", "10"):
        host.job(name)
    host.freelancer("u-7")
    host.put("accounts/g-1", {"kind": "agency"})
    host.put("grants/start", {"account": "g-1", "credits": 30, "reason": "To begin with"})
    return host


def propose(host: Host, called: str = "p-1", job: str = "9", **more: object) -> Any:
    body = {"account": "u-7", "agency": "g-1", "job": job, "max_connects": 50, **more}
    return host.put(f"proposals/{called}", body)


def test_a_member_spends_the_agencys_connects_and_nobody_else_does(host: Host) -> None:
    refused = problem(propose(host), 403)
    assert (refused["code"], refused["parameters"]) == ("not_member", {"agency": "g-1"})

    made = host.put(MEMBER, {})

    assert made.status_code == 201
    assert made.json() | {"joined": ""} == {
        "agency": "g-1",
        "account": "u-7",
        "role": "member",
        "may_spend": True,
        "spends_most": None,
        "spent_this_month": 0,
        "joined": "",
        "left": None,
    }
    paid = propose(host).json()
    assert (paid["account"], paid["proposer"]) == ("g-1", "u-7")
    assert host.get(MEMBER).json()["spent_this_month"] == paid["connects"] > 0
    assert StaffAct.objects.filter(act="put-member").count() == 1


def test_what_a_member_may_spend_holds_for_what_is_held_too(host: Host) -> None:
    host.put(MEMBER, {})
    cost = propose(host, hold_seconds=900).json()["held"]

    changed = host.put(MEMBER, {"spends_most": cost})

    assert (changed.status_code, changed.json()["spends_most"]) == (200, cost)
    assert changed.json()["spent_this_month"] == cost
    told = problem(propose(host, "p-2", "10"), 403)
    assert told["parameters"]["problem"] == "spending_limit"
    host.post("proposals/p-1/withdraw")
    assert propose(host, "p-2", "10").status_code == 201


def test_who_may_not_spend_pays_for_nothing(host: Host) -> None:
    host.put(MEMBER, {"may_spend": False})

    assert problem(propose(host), 403)["parameters"]["problem"] == "may_not_spend"


def test_the_same_again_changes_nothing_and_a_role_stays(host: Host) -> None:
    host.put(MEMBER, {"spends_most": 5, "role": "admin"})

    again = host.put(MEMBER, {"spends_most": 5})
    other = host.put(MEMBER, {"spends_most": 5, "role": "owner"})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.json()["role"] == "admin"
    assert problem(other, 409)["parameters"]["fields"] == ["role"]


def test_who_leaves_spends_no_more_and_leaving_twice_is_leaving_once(host: Host) -> None:
    host.put(MEMBER, {})
    assert [each["account"] for each in host.get("agencies/g-1/members").json()["items"]] == ["u-7"]

    gone = host.delete(MEMBER)
    again = host.delete(MEMBER)

    assert (gone.status_code, gone.json()["left"]) == (200, "2019-05-20T12:00:00Z")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert host.get("agencies/g-1/members").json()["items"] == []
    assert problem(host.get(MEMBER), 404)["code"] == "member_unknown"
    assert problem(propose(host), 403)["code"] == "not_member"
    assert host.put(MEMBER, {}).status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("agencies/nobody/members/u-7", {}, 404, "account_unknown"),
        ("agencies/g-1/members/nobody", {}, 404, "account_unknown"),
        ("agencies/u-7/members/u-7", {}, 422, "wrong_kind"),
        ("agencies/g-1/members/c-1", {}, 422, "wrong_kind"),
        ("agencies/g-1/members/g-1", {}, 422, "wrong_kind"),
        (MEMBER, {"spends_most": -1}, 422, "invalid"),
        (MEMBER, {"spends_most": 1.5}, 422, "invalid"),
        (MEMBER, {"may_spend": "yes"}, 422, "invalid"),
        (MEMBER, {"role": "king"}, 422, "invalid"),
        (MEMBER, {"more": 1}, 422, "invalid"),
    ],
)
def test_what_is_wrong_with_a_member_is_told(
    host: Host, path: str, body: object, status: int, code: str
) -> None:
    assert problem(host.put(path, body), status)["code"] == code
    assert host.get("agencies/g-1/members").json()["items"] == []


def test_the_only_owner_stays_and_strangers_are_unknown(host: Host) -> None:
    host.put(MEMBER, {"role": "owner"})

    assert problem(host.delete(MEMBER), 403)["parameters"]["problem"] == "last_owner"
    host.freelancer("u-8")
    assert problem(host.delete("agencies/g-1/members/u-8"), 404)["code"] == "member_unknown"


def test_a_key_that_reads_changes_no_team(host: Host) -> None:
    reader = Host(server_key("reader", ("read",)))

    for answer in (reader.put(MEMBER, {}), reader.delete(MEMBER)):
        assert problem(answer, 403)["code"] == "scope_missing"
