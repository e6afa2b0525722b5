"""Whatever is sent to a provider's webhook, rightly signed or not, is an answer."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from connects.billing.settings import PayPalSettings, StripeSettings
from connects.bootstrap.providers import forget_connections

DEEP = b"[" * 90_000
SECRET = "whsec_of_this_test"
NOWHERE = "http://127.0.0.1:1"
EVENT = {"id": "evt_1", "object": "event", "type": "charge.refunded", "data": {"object": {}}}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings: Any) -> Iterator[Client]:
    settings.STRIPE = StripeSettings("sk_test_none", SECRET, NOWHERE)
    settings.PAYPAL = PayPalSettings("client", "secret", "webhook", NOWHERE)
    yield Client(raise_request_exception=False)
    forget_connections()


def signed(body: bytes) -> str:
    now = int(time.time())
    mark = hmac.new(SECRET.encode(), b"%d." % now + body, hashlib.sha256).hexdigest()
    return f"t={now},v1={mark}"


def changed(**changes: Any) -> bytes:
    return json.dumps({**EVENT, **changes}).encode()


ODD = {
    "list": b"[]",
    "number": b"1",
    "null": b"null",
    "only an id": b'{"id":1}',
    "deep": DEEP,
    "deep within": json.dumps(EVENT).encode()[:-1] + b',"x":' + b"[" * 900 + b"]" * 900 + b"}",
    "no JSON": b"\xff\xfe{",
    "many digits": b"9" * 6_000,
    "no data": changed(data=None),
    "data as a list": changed(data=[]),
    "an object as a text": changed(data={"object": "x"}),
    "an id as a number": changed(id=7),
    "a long id": changed(id="x" * 10_000),
    "NUL in the id": changed(id="a\0b"),
    "NUL in our reference": changed(
        data={"object": {"object": "payment_intent", "metadata": {"reference": "purchase:\0"}}}
    ),
    "a type as a list": changed(type=[]),
    "metadata as a text": changed(data={"object": {"metadata": "x"}}),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_message_that_stripe_signed_is_refused(client: Client, name: str) -> None:
    body = ODD[name]

    answer = client.post(
        "/webhooks/stripe/",
        body,
        content_type="application/json",
        headers={"Stripe-Signature": signed(body)},
    )

    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "forged"


@pytest.mark.parametrize("name", ODD)
def test_an_odd_message_to_paypals_webhook_is_refused_before_paypal_is_asked(
    client: Client, name: str
) -> None:
    headers = dict.fromkeys(
        (
            "paypal-transmission-id",
            "paypal-transmission-time",
            "paypal-transmission-sig",
            "paypal-cert-url",
            "paypal-auth-algo",
        ),
        "x",
    )

    answer = client.post(
        "/webhooks/paypal/", ODD[name], content_type="application/json", headers=headers
    )

    assert answer.status_code == 400, answer.content
