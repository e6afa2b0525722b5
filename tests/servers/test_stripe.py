"""The stand-in is strict: what Stripe would refuse, it refuses, and what it answers is Stripe's shape."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import stripe

from tests.servers.stripe import KEY
from tests.servers.stripe.parameters import Unfit, nested, read
from tests.servers.stripe.shapes import filled, require_shape
from tests.servers.web_server import StandIn, running

HEADERS = {"Authorization": f"Bearer {KEY}", "Stripe-Version": stripe.api_version}
CHARGE = {"amount": "300", "currency": "usd"}
PAY_NOW = {
    **CHARGE,
    "confirm": "true",
    "payment_method": "pm_card_visa",
    "return_url": "http://127.0.0.1/back",
}


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with running("tests.servers.stripe") as started:
        yield started


def post(stand_in: StandIn, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(stand_in.address + path, data=form, headers={**HEADERS, **named})


def error_of(reply: httpx.Response) -> dict[str, Any]:
    assert reply.is_error, reply.text
    error: dict[str, Any] = reply.json()["error"]
    return error


@pytest.mark.parametrize(
    ("form", "code", "parameter"),
    [
        ({**CHARGE, "amuont": "1"}, "parameter_unknown", "amuont"),
        (
            {**CHARGE, "payment_method_types[0]": "card"},
            "parameter_unknown",
            "payment_method_types",
        ),
        ({"amount": "300"}, "parameter_missing", "currency"),
        ({**CHARGE, "amount": "3.00"}, "parameter_invalid_int", "amount"),
        ({**CHARGE, "confirm": "yes"}, "parameter_invalid_bool", "confirm"),
        ({**CHARGE, "metadata": "purchase"}, "parameter_invalid_object", "metadata"),
        (
            {**CHARGE, "setup_future_usage": "of_session"},
            "parameter_invalid_enum",
            "setup_future_usage",
        ),
        ({**CHARGE, "expand": "latest_charge"}, "parameter_invalid_array", "expand"),
        ({**CHARGE, "shipping[nmae]": "Ada"}, "parameter_unknown", "shipping[nmae]"),
        ({**CHARGE, "amount": "49"}, "amount_too_small", "amount"),
    ],
)
def test_a_parameter_that_stripe_does_not_know_so_is_refused(
    stand_in: StandIn, form: dict[str, str], code: str, parameter: str
) -> None:
    error = error_of(post(stand_in, "/v1/payment_intents", form))

    assert (error["type"], error["code"]) == ("invalid_request_error", code)
    assert error["param"] == parameter


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer sk_test_wrong"}, 401),
        ({"Authorization": ""}, 401),
        ({"Stripe-Version": "2019-05-16"}, 400),
    ],
)
def test_a_request_bears_the_key_and_the_version(
    stand_in: StandIn, headers: dict[str, str], status: int
) -> None:
    reply = httpx.post(
        f"{stand_in.address}/v1/customers", data={"name": "Ada"}, headers={**HEADERS, **headers}
    )

    assert reply.status_code == status


class TestIdempotency:
    def test_the_same_key_gives_the_same_answer(self, stand_in: StandIn) -> None:
        first = post(stand_in, "/v1/payment_intents", PAY_NOW, Idempotency_Key="same")
        again = post(stand_in, "/v1/payment_intents", PAY_NOW, Idempotency_Key="same")

        assert again.content == first.content
        assert "Idempotent-Replayed" not in first.headers
        assert again.headers["Idempotent-Replayed"] == "true"

    def test_a_refusal_is_the_answer_too(self, stand_in: StandIn) -> None:
        form = {**PAY_NOW, "payment_method": "pm_card_chargeDeclinedInsufficientFunds"}
        first = post(stand_in, "/v1/payment_intents", form, Idempotency_Key="no")
        again = post(stand_in, "/v1/payment_intents", form, Idempotency_Key="no")

        assert first.status_code == again.status_code == 402
        assert error_of(again) == error_of(first)
        assert error_of(again)["decline_code"] == "insufficient_funds"

    def test_a_failure_amid_the_work_is_the_answer_for_ever(self, stand_in: StandIn) -> None:
        stand_in.tell("faults", how="500-after")
        first = post(stand_in, "/v1/payment_intents", PAY_NOW, Idempotency_Key="broken")
        again = post(stand_in, "/v1/payment_intents", PAY_NOW, Idempotency_Key="broken")

        assert first.status_code == again.status_code == 500

    def test_what_was_never_begun_may_be_mended(self, stand_in: StandIn) -> None:
        wrong = post(stand_in, "/v1/payment_intents", {"amount": "x"}, Idempotency_Key="mended")
        right = post(stand_in, "/v1/payment_intents", CHARGE, Idempotency_Key="mended")

        assert wrong.status_code == 400
        assert right.status_code == 200

    def test_another_wish_under_the_same_key_is_refused(self, stand_in: StandIn) -> None:
        post(stand_in, "/v1/payment_intents", CHARGE, Idempotency_Key="other")
        other = post(
            stand_in, "/v1/payment_intents", {**CHARGE, "amount": "301"}, Idempotency_Key="other"
        )

        assert error_of(other)["type"] == "idempotency_error"


class TestShapes:
    def test_an_attribute_that_must_be_there_is_missed(self) -> None:
        with pytest.raises(AssertionError, match=r"customer\.created is missing"):
            require_shape(filled(stripe.Customer, id="cus_1"))

    def test_an_attribute_that_stripe_does_not_have_is_seen(self) -> None:
        with pytest.raises(AssertionError, match=r"customer\.nickname is unknown"):
            require_shape(filled(stripe.Customer, id="cus_1", created=1, nickname="Ada"))

    @pytest.mark.parametrize(
        ("attribute", "value"), [("created", "today"), ("status", "done"), ("metadata", None)]
    )
    def test_a_value_of_another_type_is_seen(self, attribute: str, value: object) -> None:
        said = {"id": "pi_1", "created": 1, "amount": 1, "currency": "usd", attribute: value}

        with pytest.raises(AssertionError, match=rf"payment_intent\.{attribute} may not be"):
            require_shape(filled(stripe.PaymentIntent, **said))

    def test_every_event_and_what_it_is_about_has_stripes_shape(self, stand_in: StandIn) -> None:
        paid = post(stand_in, "/v1/payment_intents", PAY_NOW).json()
        dispute = stand_in.tell("dispute", payment=paid["id"])
        stand_in.tell("close-dispute", dispute=dispute["id"], won=False)

        told = stand_in.tell("objects", kind="event")

        assert {"payment_intent.succeeded", "charge.dispute.closed"} <= {
            event["type"] for event in told
        }
        for event in told:
            require_shape(event)
            require_shape(event["data"]["object"])


def test_a_form_with_brackets_is_read_as_nested_values() -> None:
    assert nested("a[b][0][c]=1&a[b][1][c]=2&d=&expand[]=x&expand[]=y") == {
        "a": {"b": {"0": {"c": "1"}, "1": {"c": "2"}}},
        "d": "",
        "expand": {"0": "x", "1": "y"},
    }


def test_a_list_that_misses_a_place_is_refused() -> None:
    with pytest.raises(Unfit, match="Invalid array"):
        read("expand[1]=customer", stripe.params.PaymentIntentRetrieveParams)


def test_messages_are_delivered_until_they_are_taken(stand_in: StandIn) -> None:
    post(stand_in, "/v1/customers", {"name": "Ada"})
    stand_in.tell("messages")
    post(stand_in, "/v1/customers", {"name": "Bob"})
    with running("tests.servers.stripe") as receiver:
        receiver.tell("faults", how="500", times=2)

        (sent,) = stand_in.tell("deliveries", to=f"{receiver.address}/hook", attempts=4)

        assert sent["type"] == "customer.created"
        assert sent["statuses"] == [500, 500, 401, 401]
        assert len(receiver.tell("requests")) == 4


def test_a_stand_in_is_gone_with_its_block() -> None:
    with running("tests.servers.stripe") as short:
        assert short.tell("charges") == []

    with pytest.raises(httpx.ConnectError):
        httpx.get(short.address)
