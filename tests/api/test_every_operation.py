"""Every operation with every scope: nothing breaks, and nothing is shown beyond the scope."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from connects.market.api_clients.models import Scope
from connects.market.keys.scopes import KeyScope
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from tests.api.calling import program_with
from tests.api.document import committed
from tests.api.hosts import Host, server_key
from tests.api.test_openapi import DOCUMENT, _one_connection
from tests.market.people import registered

__all__ = ["_one_connection"]

FOR_HOSTS, FOR_PROGRAMS = [
    [
        (path, method.upper(), operation["x-connects-scope"])
        for path, methods in committed()["paths"].items()
        for method, operation in methods.items()
        if {key: []} in operation["security"] and {"SignedIn": []} not in operation["security"]
    ]
    for key in ("ServerKey", "ApiKeyHolder")
]
OPERATIONS = [*FOR_HOSTS, *FOR_PROGRAMS]
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CALLS = 100_000
KNOWN = "u-7"
"""What is there of each kind is called so, but for an agency and a client."""

NAMED = {
    **dict.fromkeys(("account", "job"), KNOWN),
    "agency": "g-1",
    "client": "c-1",
    "jobs": [KNOWN],
    "url": "http://127.0.0.1:9/",
}
"""What a body may name."""

in_a_moment = hypothesis_settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Callers:
    """A host, and a program of a member whose account the host knows."""

    host: Host
    program: Host

    def of(self, path: str) -> Host:
        return self.program if path.startswith("/api/v1/me") else self.host


@pytest.fixture
def callers(db: None, request: pytest.FixtureRequest, settings: Any) -> Callers:
    settings.API_CALLS_A_MINUTE = CALLS
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]  # where nobody listens
    host = Host(server_key("all", calls_a_second=CALLS))
    member = registered("ana", AccountKind.FREELANCER)
    Account.objects.filter(pk=member.pk).update(external_id=KNOWN)
    host.job(KNOWN)
    host.put("accounts/g-1", {"kind": "agency"})
    host.put(f"agencies/g-1/members/{KNOWN}", {})
    paid = {"reference": "r", "cents": 150, "currency": "USD"}
    for path, body in (
        ("grants", {"account": KNOWN, "credits": 1, "reason": "A test"}),
        ("purchases", {"account": KNOWN, "credits": 10, "paid": paid}),
        ("proposals", {"account": KNOWN, "job": host.job("9")["id"], "max_connects": 16}),
        ("webhook_endpoints", {"url": NAMED["url"]}),
    ):
        made = host.put(f"{path}/{KNOWN}", body)
        assert made.status_code == 201, made.content
    program = program_with(member)
    # Each call of Django's own client lets connections be closed again, so this comes after them.
    request.getfixturevalue("_one_connection")
    return Callers(host, program)


@cache
def schema_that_we_serve() -> Any:
    """The document, made once for all operations: that takes as long as trying one of them."""
    return schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())


@pytest.mark.parametrize(("path", "method", "scope"), OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_no_operation_breaks_whatever_it_is_sent(
    callers: Callers, path: str, method: str, scope: str, mode: GenerationMode
) -> None:
    schema = schema_that_we_serve()
    sent = {
        "Authorization": callers.of(path).client.defaults["HTTP_AUTHORIZATION"],
        "Accept-Encoding": "identity",
    }

    @in_a_moment
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        check(case)
        case.path_parameters, case.body = _named(path, case.path_parameters), _naming(case.body)
        check(case)

    def check(case: Any) -> None:
        response = case.call(headers=sent)
        # A wallet that is not as far as the call says is no fault of ours.
        assert response.status_code < 500 or response.json()["code"] == "behind", response.text
        case.validate_response(response, checks=CHECKS)

    holds()


def _named(path: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an address of what is there."""
    there = {"id": "g-1" if "/agencies/" in path else KNOWN, "account": KNOWN}
    return {**parameters, **{name: there[name] for name in there if name in parameters}}


def _naming(body: Any) -> Any:
    """The body, about what is there."""
    if isinstance(body, list):
        return [_naming(each) for each in body]
    if not isinstance(body, dict):
        return body
    named = {name: NAMED.get(name, value) for name, value in body.items()}
    return {**named, "items": _naming(body["items"])} if "items" in body else named


@pytest.mark.parametrize(("path", "method", "scope"), OPERATIONS)
def test_a_key_without_the_scope_is_shown_nothing(
    callers: Callers, path: str, method: str, scope: str
) -> None:
    address = path.removeprefix("/api/v1/").replace("{id}", KNOWN).replace("{account}", KNOWN)
    address = address.replace("{event}", "opened")
    for other in _without(scope, path):
        answer = getattr(other, method.lower())(
            address, *([{}] if method in ("PUT", "POST") else [])
        )
        told = json.loads(answer.content)

        assert answer.status_code == 403, told
        assert (told["code"], told["parameters"]) == ("scope_missing", {"scope": scope})


def _without(scope: str, path: str) -> Iterator[Host]:
    """Callers with a key of each other scope."""
    if path.startswith("/api/v1/me"):
        member = Account.objects.get(external_id=KNOWN)
        yield from (program_with(member, each) for each in KeyScope if each != scope)
        return
    for other in Scope:
        if other != scope:
            yield Host(server_key(f"only-{other.value}", (other.value,), calls_a_second=CALLS))


def test_every_operation_names_its_scope_and_every_scope_has_an_operation() -> None:
    for methods in committed()["paths"].values():
        for operation in methods.values():
            assert "x-connects-scope" in operation
    assert {scope for _, _, scope in FOR_HOSTS} == {scope.value for scope in Scope}
    assert {scope for _, _, scope in FOR_PROGRAMS} == {scope.value for scope in KeyScope}
