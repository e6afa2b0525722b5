"""What the Python client does by itself: when a call is sent again, and whose deliveries are believed."""

import asyncio
import base64
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from standardwebhooks import Webhook

from connects_client import (
    AsyncConnects,
    Connects,
    Refused,
    Retries,
    Unanswered,
    WebhookVerificationError,
    verified_event,
)
from connects_client.models import GrantBody, ProposalState
from connects_client.retries import AsyncRetryingTransport, RetryingTransport

HALF = Retries(draw=lambda: 0.5)
WALLET = {"account": "u-7", "balance": 5, "debt": 0, "held": 0, "sequence": 1, "expires_next": None}
"""A document as it may be, with a field that is not known yet."""

Told = httpx.Response | httpx.TransportError


def refusal(status: int, headers: dict[str, str] | None = None) -> httpx.Response:
    body = {"code": "in_progress", "message": "Wait.", "parameters": {}}
    return httpx.Response(status, json=body, headers=headers)


class Scripted:
    """A server that answers these, one after the other; what it was sent, and how long was waited."""

    def __init__(self, *answers: Told) -> None:
        self.answers, self.sent, self.waits = list(answers), list[httpx.Request](), list[float]()
        self.inner = httpx.MockTransport(self.answer)
        self.connects = Connects("https://connects.example", "csk_test_1")
        transport = RetryingTransport(self.inner, HALF, self.waits.append)
        self.connects.api.get_httpx_client()._transport = transport

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        told = self.answers[len(self.sent) - 1]
        if isinstance(told, httpx.TransportError):
            raise told
        return told


def broken() -> httpx.ReadError:
    return httpx.ReadError("broken")


def clock() -> httpx.Response:
    return httpx.Response(200, json={"now": "2026-12-01T00:00:00Z", "sandbox": True})


def test_what_is_named_is_sent_again_after_what_the_server_asks_else_after_longer_and_longer() -> (
    None
):
    soon = format_datetime(datetime.now(UTC), usegmt=True)
    server = Scripted(
        broken(), refusal(503), refusal(503, {"Retry-After": "7"}),
        refusal(503, {"Retry-After": soon}), clock(),
    )  # fmt: skip

    assert server.connects.get_clock().sandbox

    assert server.waits == [0.1, 0.2, 7, 0]
    assert server.sent[-1].headers["Authorization"] == "Bearer csk_test_1"


def test_who_awaits_is_as_patient() -> None:
    async def ask() -> bool:
        waits: list[float] = []

        async def wait(seconds: float) -> None:
            waits.append(seconds)

        answers = iter([refusal(503), clock()])
        inner = httpx.MockTransport(lambda _: next(answers))
        async with AsyncConnects("https://connects.example", "csk_test_1") as connects:
            client = connects.api.get_async_httpx_client()
            client._transport = AsyncRetryingTransport(inner, HALF, wait)
            told = await connects.get_clock()
        return told.sandbox and waits == [0.1]

    assert asyncio.run(ask())


def test_what_would_happen_twice_is_sent_again_only_if_it_was_refused_before_it_was_done() -> None:
    taken = refusal(409, {"Retry-After": "1"})
    for first, times in ((broken(), 1), (refusal(503), 1), (refusal(429), 2), (taken, 2)):
        server = Scripted(first, refusal(404))
        with pytest.raises((Refused, httpx.ReadError)):
            server.connects.rotate_webhook_secret("shop")
        assert len(server.sent) == times


def test_what_is_refused_takes_too_long_or_is_not_from_connects_is_not_sent_again() -> None:
    for answer in (refusal(409), refusal(503, {"Retry-After": "3600"})):
        server = Scripted(answer)
        with pytest.raises(Refused) as raised:
            server.connects.get_clock()
        assert (raised.value.code, raised.value.status) == ("in_progress", answer.status_code)
    with pytest.raises(Unanswered):
        Scripted(httpx.Response(500, text="<h1>Bad</h1>")).connects.get_clock()
    with pytest.raises(httpx.ReadError):
        Scripted(*(broken() for _ in range(5))).connects.get_clock()


def test_a_post_that_makes_something_keeps_one_name_through_all_tries() -> None:
    server = Scripted(broken(), refusal(404))
    with pytest.raises(Refused):
        server.connects.post_grant(GrantBody(account="u-7", credits_=5, reason="A delay"))

    (name,) = {request.headers["Idempotency-Key"] for request in server.sent}
    assert name


def test_a_word_that_a_newer_server_says_is_taken() -> None:
    assert ProposalState("boosted") == "boosted"
    assert ProposalState("held") is ProposalState.HELD


BODY = json.dumps({"id": "evt_1", "type": "wallet.entry", "timestamp": "2026-12-01", "data": {}})


def by_hmac(moment: datetime) -> tuple[str, str]:
    secret = "whsec_" + base64.b64encode(bytes(32)).decode()
    return secret, Webhook(secret).sign("evt_1", moment, BODY)


def by_ed25519(moment: datetime) -> tuple[str, str]:
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    signed = key.sign(f"evt_1.{int(moment.timestamp())}.{BODY}".encode())
    return f"whpk_{public}", "v1,AAAA v1a," + base64.b64encode(signed).decode()


@pytest.mark.parametrize("signed", [by_hmac, by_ed25519])
def test_only_deliveries_that_were_signed_with_the_endpoints_secret_are_believed(
    signed: Callable[[datetime], tuple[str, str]],
) -> None:
    secret, signature = signed(datetime.now(UTC))
    named = {"Webhook-Id": "evt_1", "Webhook-Timestamp": str(int(time.time()))}
    headers = {**named, "Webhook-Signature": signature}

    assert verified_event(secret, BODY.encode(), headers).type_ == "wallet.entry"
    spoilt = [
        (BODY + " ", headers),
        (BODY, named),
        (BODY, {**headers, "Webhook-Timestamp": "1"}),
        (BODY, {**headers, "Webhook-Timestamp": "soon"}),
        (BODY, {**headers, "Webhook-Signature": "v1,é v1a,é"}),
    ]
    for body, told in spoilt:
        with pytest.raises(WebhookVerificationError):
            verified_event(secret, body.encode(), told)
