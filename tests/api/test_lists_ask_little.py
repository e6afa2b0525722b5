"""A list asks the database as often for many things as for one."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.calling import program_with
from tests.api.hosts import Host
from tests.market.people import Town, posted

pytestmark = pytest.mark.django_db

Add: TypeAlias = Callable[[str], object]


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    host.freelancer("u-1")
    host.put("accounts/g-1", {"kind": "agency"})
    host.put("grants/start", {"account": "g-1", "credits": 200, "reason": "To begin with"})
    host.put("webhook_endpoints/e-0", {"url": "https://example.com/hook"})
    return host


def asked_for(caller: Host, path: str, **query: Any) -> tuple[int, int]:
    """How many things a list has, and how many statements that took."""
    with CaptureQueriesContext(connection) as statements:
        answer = caller.get(path, **query)
    assert answer.status_code == 200, answer.content
    return len(answer.json()["items"]), len(statements)


def require_as_few(caller: Host, path: str, add: Add, **query: Any) -> None:
    add("0")
    asked_for(caller, path, **query)  # what a process learns once
    few, asked = asked_for(caller, path, **query)
    for number in range(1, 4):
        add(str(number))
    many, asked_for_many = asked_for(caller, path, **query)
    assert few >= 1
    assert many >= few + 3
    assert asked_for_many == asked, path


def test_a_team_of_which_each_has_spent_and_holds(host: Host) -> None:
    def add(number: str) -> None:
        name = f"m-{number}"
        host.freelancer(name)
        assert host.put(f"agencies/g-1/members/{name}", {}).status_code == 201
        for held, job in (({}, "a"), ({"hold_seconds": 900}, "b")):
            host.job(f"{job}-{number}")
            body = {"account": name, "agency": "g-1", "job": f"{job}-{number}", "max_connects": 50}
            assert host.put(f"proposals/{job}-{number}", {**body, **held}).status_code == 201

    require_as_few(host, "agencies/g-1/members", add)
    for member in host.get("agencies/g-1/members").json()["items"]:
        alone = host.get(f"agencies/g-1/members/{member['account']}").json()
        assert alone == member
        assert alone["spent_this_month"] > 0


def test_a_wallets_lines_and_lots(host: Host) -> None:
    def add(number: str) -> None:
        body = {"account": "u-1", "credits": 5, "reason": "Sorry"}
        assert host.put(f"grants/n-{number}", body).status_code == 201

    require_as_few(host, "accounts/u-1/wallet/entries", add)
    assert (
        asked_for(host, "accounts/u-1/wallet/lots")[1]
        == (asked_for(host, "accounts/g-1/wallet/lots")[1])
    )


def test_webhook_endpoints(host: Host) -> None:
    def add(number: str) -> None:
        url = {"url": "https://example.com/hook"}
        assert host.put(f"webhook_endpoints/n-{number}", url).status_code == 201

    require_as_few(host, "webhook_endpoints", add)


def test_a_members_own_jobs_and_proposals(here: Town) -> None:
    program = program_with(here.freelancer)

    def propose(number: str) -> None:
        job = posted(here.client, f"Write handbook {number}")
        body = {"job": job.public_id, "max_connects": 50, "cover_letter": "I write them."}
        sent = program.post("me/proposals", body, **{"Idempotency-Key": number})
        assert sent.status_code == 201, sent.content

    require_as_few(program, "me/proposals", propose)
    require_as_few(program, "me/jobs", lambda number: posted(here.client, f"Type {number}"))
