"""The stand-in is strict: it knows what PayPal has published, and nothing beside it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.servers.paypal import CLIENT, SECRET
from tests.servers.paypal.schema import Problem, operations, problems
from tests.servers.web_server import StandIn, running

UNIT = {"amount": {"currency_code": "USD", "value": "3.00"}, "custom_id": "purchase:p1"}
ORDER: dict[str, Any] = {
    "intent": "CAPTURE",
    "purchase_units": [UNIT],
    "payment_source": {
        "paypal": {
            "experience_context": {
                "return_url": "http://127.0.0.1/back",
                "cancel_url": "http://127.0.0.1/back",
            }
        }
    },
}


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with running("tests.servers.paypal") as started:
        yield started


@pytest.fixture(scope="module")
def token(stand_in: StandIn) -> str:
    reply = httpx.post(
        f"{stand_in.address}/v1/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=(CLIENT, SECRET),
    )
    return str(reply.json()["access_token"])


def post(stand_in: StandIn, token: str, order: object, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(
        f"{stand_in.address}/v2/checkout/orders",
        json=order,
        headers={"Authorization": f"Bearer {token}", **named},
    )


@pytest.mark.parametrize(
    ("change", "field", "issue"),
    [
        ({"intnet": "CAPTURE"}, "/intnet", "UNKNOWN_PARAMETER"),
        ({"intent": "TAKE"}, "/intent", "INVALID_PARAMETER_VALUE"),
        ({"purchase_units": []}, "/purchase_units", "INVALID_ARRAY_LENGTH"),
        ({"purchase_units": "all"}, "/purchase_units", "INVALID_PARAMETER_SYNTAX"),
        (
            {"purchase_units": [{"amount": {"value": "3.00"}}]},
            "/purchase_units/0/amount/currency_code",
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            {"purchase_units": [{**UNIT, "custom_id": "x" * 128}]},
            "/purchase_units/0/custom_id",
            "INVALID_STRING_LENGTH",
        ),
        (
            {"payment_source": {"paypal": {"vault": "1"}}},
            "/payment_source/paypal/vault",
            "UNKNOWN_PARAMETER",
        ),
    ],
)
def test_what_is_not_published_so_is_refused(
    stand_in: StandIn, token: str, change: dict[str, Any], field: str, issue: str
) -> None:
    reply = post(stand_in, token, {**ORDER, **change})

    assert reply.status_code == 400
    assert {"field": field, "issue": issue} in reply.json()["details"]


def test_a_request_bears_a_token(stand_in: StandIn) -> None:
    assert post(stand_in, "wrong", ORDER).status_code == 401


def test_a_token_is_given_for_the_right_secret_only(stand_in: StandIn) -> None:
    reply = httpx.post(
        f"{stand_in.address}/v1/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=(CLIENT, "wrong"),
    )

    assert reply.status_code == 401


def test_the_least_is_answered_unless_the_whole_is_preferred(stand_in: StandIn, token: str) -> None:
    least = post(stand_in, token, ORDER)
    whole = post(stand_in, token, ORDER, Prefer="return=representation")

    assert set(least.json()) == {"id", "status", "links"}
    assert whole.json()["purchase_units"][0]["custom_id"] == "purchase:p1"


def test_the_same_key_is_the_same_order(stand_in: StandIn, token: str) -> None:
    first = post(stand_in, token, ORDER, PayPal_Request_Id="same").json()
    again = post(stand_in, token, ORDER, PayPal_Request_Id="same").json()
    other = post(stand_in, token, ORDER, PayPal_Request_Id="other").json()

    assert first["id"] == again["id"] != other["id"]


def test_every_operation_of_the_stand_in_is_published() -> None:
    assert {
        "POST /v2/checkout/orders/{id}/capture",
        "POST /v2/payments/captures/{capture_id}/refund",
        "POST /v1/notifications/verify-webhook-signature",
    } <= operations().keys()


def test_a_reply_of_another_shape_is_seen() -> None:
    order = operations()["GET /v2/checkout/orders/{id}"]
    reply = {"id": "1", "status": "PAID", "purchase_units": [{"total": "3.00"}]}

    assert set(problems(reply, order.reply, order.schemas)) == {
        Problem("/status", "INVALID_PARAMETER_VALUE"),
        Problem("/purchase_units/0/total", "UNKNOWN_PARAMETER"),
    }
