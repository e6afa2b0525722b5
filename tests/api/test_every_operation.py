"""Every operation with every scope: nothing breaks, and nothing is shown beyond the scope."""

import json
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
from tests.api.document import committed
from tests.api.hosts import Host, server_key
from tests.api.test_openapi import DOCUMENT, _one_connection

__all__ = ["_one_connection"]

OPERATIONS = [
    (path, method.upper(), operation["x-connects-scope"])
    for path, methods in committed()["paths"].items()
    for method, operation in methods.items()
    if "x-connects-scope" in operation
]
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CALLS = 100_000
KNOWN = "u-7"
"""What the examples are about: an account and a job that are there, as often as ids that are not."""

in_a_moment = hypothesis_settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def host(db: None, request: pytest.FixtureRequest) -> Host:
    host = Host(server_key("all", calls_a_second=CALLS))
    host.freelancer(KNOWN)
    host.job("9")
    host.put("proposals/p-1", {"account": KNOWN, "job": "9", "max_connects": 16})
    # Each call of Django's own client lets connections be closed again, so this comes after them.
    request.getfixturevalue("_one_connection")
    return host


@pytest.mark.parametrize(("path", "method", "scope"), OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_no_operation_breaks_whatever_it_is_sent(
    host: Host, path: str, method: str, scope: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    sent = {
        "Authorization": host.client.defaults["HTTP_AUTHORIZATION"],
        "Accept-Encoding": "identity",
    }

    @in_a_moment
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and len(str(case.path_parameters)) % 2:
            case.path_parameters = {**case.path_parameters, "id": KNOWN}
        response = case.call(headers=sent)
        # A wallet that is not as far as the call says is no fault of ours.
        assert response.status_code < 500 or response.json()["code"] == "behind", response.text
        case.validate_response(response, checks=CHECKS)

    holds()


@pytest.mark.parametrize(("path", "method", "scope"), OPERATIONS)
def test_a_key_without_the_scope_is_shown_nothing(
    host: Host, path: str, method: str, scope: str
) -> None:
    address = path.removeprefix("/api/v1/").replace("{id}", KNOWN).replace("{account}", KNOWN)
    address = address.replace("{event}", "opened")
    for other in Scope:
        if other == scope:
            continue
        key = server_key(f"only-{other.value}", (other.value,), calls_a_second=CALLS)
        answer = getattr(Host(key), method.lower())(
            address, *([{}] if method in ("PUT", "POST") else [])
        )
        told = json.loads(answer.content)

        assert answer.status_code == 403, (other, told)
        assert (told["code"], told["parameters"]) == ("scope_missing", {"scope": scope})


def test_every_operation_for_hosts_names_its_scope() -> None:
    for methods in committed()["paths"].values():
        for operation in methods.values():
            is_for_hosts = operation["security"] == [{"ServerKey": []}]
            assert ("x-connects-scope" in operation) == is_for_hosts
    assert {scope for _, _, scope in OPERATIONS} == {scope.value for scope in Scope}
