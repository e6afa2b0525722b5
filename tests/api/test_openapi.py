"""The OpenAPI document holds: what it allows is answered, what it does not is refused, as it says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode

from connects.api.draft import DraftPost
from connects.market.jobs.fields import DURATIONS, WORKLOADS
from tests.api.calling import key_for
from tests.market.people import Town

DOCUMENT = "/api/v1/openapi.json"
OPERATIONS = [("/api/v1/posts/{id}/price", "GET"), ("/api/v1/prices", "POST")]
EXAMPLES = 40
FOR_MEMBERS: list[dict[str, list[str]]] = [{"ApiKeyHolder": []}, {"SignedIn": []}]
EVERYWHERE = {"400", "401", "403", "404", "413", "415", "422", "429"}
BEYOND = {
    "ServerKey": {"402", "409", "412", "503"},
    "ApiKeyHolder": {"402", "409", "503"},
}
"""What operations for hosts, and for members' own programs alone, may answer beside that."""

in_a_few_seconds = hypothesis_settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Let the application's requests leave the test's connection open, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def document() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Client().get(DOCUMENT).content)
    return told


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.usefixtures("_one_connection")
def test_every_operation_keeps_to_the_document(
    here: Town, settings: Any, path: str, method: str, mode: GenerationMode
) -> None:
    settings.API_CALLS_A_MINUTE = 1_000_000
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    key = key_for(here.client).secret
    # Schemathesis reads what an application in its own process says as it comes.
    sent = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    statuses = set()

    @in_a_few_seconds
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            # No document can say that one number is at least another.
            case.body.pop("hourly_max_cents", None)
        response = case.call(headers=sent)
        statuses.add(response.status_code)
        case.validate_response(response, headers=sent)

    holds()
    if method == "POST":
        assert (200 if mode is GenerationMode.POSITIVE else 422) in statuses


def test_the_document_is_of_version_3_1_and_has_these_operations(db: None) -> None:
    told = document()

    assert told["openapi"].startswith("3.1")
    found = [
        (path, method.upper())
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
        if operation["security"] == FOR_MEMBERS
    ]
    assert found == OPERATIONS


def test_every_operation_declares_the_same_refusals_in_one_shape(db: None) -> None:
    for methods in document()["paths"].values():
        for operation in methods.values():
            refusals = {
                status: answer
                for status, answer in operation["responses"].items()
                if int(status) >= 400
            }
            if operation["security"] == FOR_MEMBERS:
                assert set(refusals) == EVERYWHERE
            else:
                ((key,),) = [each for each in operation["security"] if each != {"TokenHolder": []}]
                assert set(refusals) == EVERYWHERE | BEYOND[key]
            shapes = {
                answer["content"]["application/problem+json"]["schema"]["$ref"]
                for answer in refusals.values()
            }
            assert shapes == {"#/components/schemas/Problem"}


def test_a_drafts_choices_are_those_of_the_sites_form(db: None) -> None:
    fields = document()["components"]["schemas"]["DraftPost"]["properties"]

    assert fields["duration"]["anyOf"][0]["enum"] == list(DURATIONS)
    assert fields["hours_per_week"]["anyOf"][0]["enum"] == list(WORKLOADS)
    assert set(fields) == set(DraftPost.model_fields)


def test_the_page_of_the_document_has_no_foreign_and_no_inline_script(db: None) -> None:
    page = Client().get("/api/v1/docs").content.decode()

    assert "://" not in page
    assert page.count("<script") == page.count('<script src="/static/') + page.count(
        '<script type="application/json"'
    )
