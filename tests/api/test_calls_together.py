"""Calls that are answered together get what they would get alone, of fewer statements."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from connects.acts.accounts.revoke_api_client import revoke_client
from connects.api.calls_together import CALLS_TOGETHER, ChargesTogether
from connects.bootstrap.clock import held_at
from connects.market.api_clients import client_cache, server_keys
from connects.market.api_clients.models import ApiClient
from tests.api.hosts import Host, server_key
from tests.market.people import NOON, Town
from tests.sent_statements import sent_statements

WALLETS, QUOTES, CHARGES = CALLS_TOGETHER[0], CALLS_TOGETHER[1], ChargesTogether()
pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(here: Town, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key that has just worked, in a process that keeps clients."""
    monkeypatch.setattr(server_keys, "_cached", client_cache.CachedClients(is_on=True))
    secret = server_key()
    host = Host(secret)
    for called in ("u-1", "u-2", "u-3"):
        host.freelancer(called)
    for job in ("8", "9"):
        host.job(job)
    return secret


def environ(
    secret: str, path: str, body: Any = None, method: str = "GET", query: str = ""
) -> dict[str, Any]:
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": f"/api/v1/{path}",
        "QUERY_STRING": query,
        "HTTP_AUTHORIZATION": f"Bearer {secret}",
        "wsgi.input": BytesIO(said),
    }


def asked(secret: str, body: Any) -> dict[str, Any]:
    return environ(secret, "quotes", body, "POST")


def said(answer: Any) -> dict[str, Any]:
    """A document but for what no two answers share."""
    document: dict[str, Any] = answer.json()
    unshared = {"instance": None, "quotes": [{**q, "id": None} for q in document.get("quotes", ())]}
    for quote in unshared["quotes"] or ():
        if quote["problem"]:
            quote["problem"] = {**quote["problem"], "instance": None}
    return {**document, **unshared}


def test_wallets_that_are_asked_for_together_take_two_statements(secret: str) -> None:
    host = Host(secret)
    paths = [f"accounts/{name}/wallet" for name in ("u-1", "u-2", "none", "u-1", "c-1", "u-3")]
    alone = [host.get(path) for path in paths]

    with sent_statements() as sent:
        blocks = WALLETS.read_ahead([environ(secret, path) for path in paths])
        together = []
        for path, block in zip(paths, blocks, strict=True):
            with block:
                together.append(host.get(path))

    assert len(sent) == 2
    assert [each.status_code for each in together] == [200, 200, 404, 200, 422, 200]
    assert [said(each) for each in together] == [said(each) for each in alone]


def test_quotes_that_are_asked_for_together_take_as_many_statements_as_one(secret: str) -> None:
    host = Host(secret)
    bodies = [
        {"account": "u-1", "jobs": ["8", "9"]},
        {"account": "u-2", "jobs": ["9", "none"]},
        {"account": "c-1", "jobs": ["8"]},
    ]
    with sent_statements() as one:
        alone = [host.post("quotes", bodies[0])]
    alone += [host.post("quotes", body) for body in bodies[1:]]

    with sent_statements() as sent:
        blocks = QUOTES.read_ahead([asked(secret, body) for body in bodies])
        together = []
        for body, block in zip(bodies, blocks, strict=True):
            with block:
                together.append(host.post("quotes", body))

    assert len(sent) == len(one) <= 8
    assert [each.status_code for each in together] == [200, 200, 422]
    assert [said(each) for each in together] == [said(each) for each in alone]


def test_what_was_read_ahead_is_not_told_to_a_key_that_was_revoked_meanwhile(
    here: Town, secret: str
) -> None:
    (block,) = WALLETS.read_ahead([environ(secret, "accounts/u-1/wallet")])
    revoke_client(ApiClient.objects.get(), here.operator)

    with held_at(NOON + timedelta(seconds=1)), block:
        assert Host(secret).get("accounts/u-1/wallet").status_code == 401
    assert not WALLETS.takes(environ(secret, "accounts/u-1/wallet")), "it is not expected again"


def test_only_calls_that_read_and_whose_key_is_expected_wait_for_one_another(
    secret: str,
) -> None:
    wallet = "accounts/u-1/wallet"

    assert WALLETS.takes(environ(secret, wallet))
    assert QUOTES.takes(asked(secret, {}))
    for other in (
        environ("csk_live_00000000_" + 64 * "0", wallet),
        environ(secret.replace("csk_", "connects_"), wallet),
        environ(secret, wallet, method="DELETE"),
        environ(secret, f"{wallet}/lots"),
        environ(secret, "quotes"),
    ):
        assert not WALLETS.takes(other)
        assert not QUOTES.takes(other)
    assert not WALLETS.takes({**environ(secret, wallet), "HTTP_AUTHORIZATION": f"Basic {secret}"})


def test_nothing_is_read_for_a_client_that_has_called_too_often(secret: str) -> None:
    ApiClient.objects.update(calls_a_second=2)
    with held_at(NOON + timedelta(seconds=5)):
        statuses = [Host(secret).get("accounts/u-1/wallet").status_code for _ in range(3)]
        waits = WALLETS.takes(environ(secret, "accounts/u-1/wallet"))
        with held_at(NOON + timedelta(seconds=6)):
            waits_later = WALLETS.takes(environ(secret, "accounts/u-1/wallet"))

    assert (statuses, waits, waits_later) == ([200, 200, 429], False, True)


NO_QUESTIONS: list[Any] = [
    b"",
    b"{",
    b"\xff",
    50_000 * b"[",
    {"account": "u-1"},
    {"account": "u-1", "jobs": []},
    {"account": "u-1", "jobs": 101 * ["8"]},
    {"account": "u-1", "jobs": ["8", 9]},
    {"account": "u-1", "jobs": ["a\0b"]},
    {"account": ["u-1"], "jobs": ["8"]},
    [],
]


def test_nothing_is_read_for_what_is_no_question(secret: str) -> None:
    with sent_statements() as sent:
        QUOTES.read_ahead([asked(secret, body) for body in NO_QUESTIONS])
        WALLETS.read_ahead([environ(secret, "accounts/a\0b/wallet")])
        WALLETS.read_ahead([environ(secret, "accounts/u-1/wallet", query="at=2019-05-20")])

    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_charges_that_come_together_share_a_transaction_and_are_answered_as_alone(
    secret: str,
) -> None:
    host = Host(secret)
    most = {"job": "8", "max_connects": 50}
    calls: list[tuple[str, Any]] = [
        ("p-1", {"account": "u-1", **most}),
        ("p-2", {"account": "u-2", **most}),
        ("p-1", {"account": "u-1", **most}),
        ("p-1", {"account": "u-1", "job": "8", "max_connects": 49}),
        ("p-3", {"account": "nobody", **most}),
        ("p-4", {"account": "u-3", "job": "8"}),
        ("p-5", {"account": "u-3", **most}),
    ]
    with sent_statements() as one:
        host.put("proposals/p-0", {"account": "u-1", "job": "9", "max_connects": 50})
    answers: dict[int, Any] = {}

    def answer_one(place: int) -> None:
        name, body = calls[place]
        answers[place] = host.put(f"proposals/{name}", body)

    with sent_statements() as sent:
        environs = [asked(secret, body) for _, body in calls]
        done = list(CHARGES.answer(environs, answer_one))

    assert sorted(done) == list(range(len(calls)))
    said = [answers[place] for place in range(len(calls))]
    assert [each.status_code for each in said] == [201, 201, 200, 409, 404, 422, 201]
    assert said[2].headers["Idempotent-Replayed"] == "true"
    assert said[0].json()["wallet"] == {
        **said[2].json()["wallet"],
        "at": said[0].json()["wallet"]["at"],
    }
    assert said[3].json()["parameters"]["fields"] == ["max_connects"]
    assert [each.json()["connects"] for each in said if each.status_code == 201] == [5, 5, 5]
    ids = {each.headers["Connects-Request-Id"] for each in said}
    assert len(ids) == len(calls)
    assert len(sent) <= 3 * len(one)


def test_only_a_proposal_that_is_charged_at_once_waits_for_others(secret: str) -> None:
    body = {"account": "u-1", "job": "8", "max_connects": 50}

    def waits(path: str, method: str = "PUT", key: str = secret, **more: Any) -> bool:
        return CHARGES.takes(environ(key, path, {**body, **more}, method))

    assert waits("proposals/p-1")
    assert not waits("proposals/p-1", "GET")
    assert not waits("proposals/p-1/submit")
    assert not waits("proposals")
    assert not waits("proposals/p-1", hold_seconds=60)
    assert not waits("proposals/p-1", key="csk_live_00000000_" + 64 * "0")
    assert not CHARGES.takes({**environ(secret, "proposals/p-1", body, "PUT"), "wsgi.input": None})
