"""What an operation does not take, in its address or its body, is refused."""

from typing import Any

import pytest

from tests.api.calling import problem
from tests.api.document import committed
from tests.api.hosts import Host, server_key

pytestmark = pytest.mark.django_db

JSON = "application/json"


def test_a_parameter_that_an_address_does_not_take_is_named_with_those_that_it_takes() -> None:
    host = Host()
    host.freelancer()

    told = problem(host.get("accounts/u-7/wallet/entries", limt=5, Order="oldest", limit=1), 422)

    known = "at, limit, cursor, order"
    assert told["code"] == "invalid"
    assert told["parameters"]["problems"] == [
        {"field": name, "problem": "unknown_parameter", "known": known}
        for name in ("limt", "Order")
    ]
    assert told["message"].startswith(f"limt: leave this out; this address takes only {known}.")
    (none,) = problem(host.get("accounts/u-7", expand="wallet"), 422)["parameters"]["problems"]
    assert none == {"field": "expand", "problem": "unknown_parameter", "known": ""}


def test_a_parameter_that_stands_twice_is_refused_since_one_of_them_would_not_be_read() -> None:
    host = Host()
    answer = host.get("events?types=wallet.entry&types=job.ended&limit=1")

    assert problem(answer, 422)["parameters"]["problems"] == [
        {"field": "types", "problem": "given_twice"}
    ]
    assert host.get("events?types=wallet.entry,job.ended&limit=1").status_code == 200


def test_every_operation_takes_the_parameters_of_its_document_and_no_others() -> None:
    host, key_less = Host(server_key("all", calls_a_second=10_000)), Host("csk_test_none")
    for path, methods in committed()["paths"].items():
        for method, operation in methods.items():
            if {"ServerKey": []} not in operation["security"]:
                continue
            address = path.replace("{event}", "opened").replace("{id}", "u-7")
            address = address.replace("{account}", "u-8")

            def said(caller: Host, address: str = address, method: str = method) -> Any:
                body = caller.client.generic(method.upper(), f"{address}?no%00ne=1", "{}", JSON)
                return body.json()

            assert said(key_less)["code"] == "key_unknown", "who may not call is told nothing else"
            problems = said(host)["parameters"]["problems"]
            assert problems[0]["problem"] == "unknown_parameter", (path, method)


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("proposals/p-1/opened", '{"at": 1}', {"field": "at", "problem": "unknown_field"}),
        ("proposals/p-1/opened", "[1]", {"field": "body", "problem": "not_an_object"}),
        ("quotes", '{"jobs": [], "jobs": ["9"]}', {"field": "jobs", "problem": "given_twice"}),
    ],
)
def test_what_nobody_reads_of_a_body_is_refused(path: str, sent: str, told: Any) -> None:
    host = Host()
    host.freelancer()
    host.job()
    host.put("proposals/p-1", {"account": "u-7", "job": "9", "max_connects": 16})

    answer = host.client.generic("POST", f"/api/v1/{path}", sent, JSON)

    assert problem(answer, 422)["parameters"]["problems"] == [told]
    nothing = host.client.generic("POST", "/api/v1/proposals/p-1/opened", "null", JSON)
    assert nothing.json()["status"] == "opened"


def test_a_field_that_is_named_twice_spoils_its_own_item_of_a_bulk_call_alone() -> None:
    lines = '{"id": "a-1", "kind": "client", "kind": "agency"}\n{"id": "a-2", "kind": "client"}'

    answer = Host().client.generic("PUT", "/api/v1/accounts", lines, "application/x-ndjson")

    assert [each["status"] for each in answer.json()["items"]] == [422, 201]
