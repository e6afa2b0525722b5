"""Account tokens: a host's page or app reads one account with one, asks for quotes, and does no more."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.accounts.revoke_api_client import revoke_client
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.due.cleaning import clear_leftovers
from connects.market.api_clients.models import AccountToken, ApiClient
from connects.market.people.models import Account
from connects.market.trust.models import StaffAct
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

SHOP = "https://shop.example"
EVIL = "https://evil.example"


@pytest.fixture
def host() -> Iterator[Host]:
    with held_at(NOON):
        host = Host()
        host.freelancer()
        host.freelancer("u-8")
        host.job()
        yield host


def made(host: Host, **more: Any) -> Host:
    """What calls with a new token."""
    told = host.post("account_tokens", {"account": "u-7", **more})
    assert told.status_code == 201, told.content
    return Host(told.json()["token"])


def test_a_page_reads_its_account_asks_for_quotes_and_does_no_more(host: Host) -> None:
    page = made(host, origin=SHOP)
    sent = host.put("proposals/p-1", {"account": "u-7", "job": "9", "max_connects": 16}).json()
    theirs = host.put("proposals/p-2", {"account": "u-8", "job": "9", "max_connects": 16}).json()
    headers = {"Origin": SHOP}

    wallet = page.client.get("/api/v1/me/wallet", headers=headers)
    (quote,) = page.post("me/quotes", {"jobs": ["9"]}, **headers).json()["quotes"]
    listed = page.get("me/proposals").json()["items"]
    body = {"job": "9", "max_connects": 16}
    refused = [
        page.post("me/proposals", body, **{"Idempotency-Key": "k"}),
        page.post(f"me/proposals/{sent['id']}/withdraw"),
        page.get("me"),
    ]

    assert wallet.json() == {**sent["wallet"], "at": wallet.json()["at"]}
    assert wallet.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Origin" in wallet.headers["Vary"]
    assert quote["connects"] == sent["connects"]
    assert [row["id"] for row in listed] == ["p-1"]
    assert page.get(f"me/proposals/{theirs['id']}").status_code == 404
    assert {problem(each, 403)["code"] for each in refused} == {"personal_key_needed"}
    assert problem(page.get("accounts/u-7"), 401)["code"] == "key_unknown"
    row = StaffAct.objects.get(act="make-account-token")
    assert row.subject == f"account:{Account.objects.get(external_id='u-7').handle}"


def test_a_token_is_for_pages_of_its_own_origin_and_a_browser_may_ask_first(host: Host) -> None:
    page, app = made(host, origin=SHOP), made(host)

    foreign = page.client.get("/api/v1/me/wallet", headers={"Origin": EVIL})
    in_a_page = app.client.get("/api/v1/me/wallet", headers={"Origin": SHOP})
    asks = {"Origin": SHOP, "Access-Control-Request-Method": "GET"}
    asked = Client().options("/api/v1/me/wallet", headers=asks)

    assert problem(foreign, 403)["code"] == "origin_not_allowed"
    assert problem(in_a_page, 403)["code"] == "origin_not_allowed"
    assert "Access-Control-Allow-Origin" not in foreign.headers
    assert app.get("me/wallet").status_code == 200
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert Client().options("/api/v1/accounts/u-7", headers=asks).status_code == 405
    told = host.post("account_tokens", {"account": "u-7", "origin": f"{SHOP}/path"})
    assert problem(told, 422)["parameters"]["problems"][0]["problem"] == "not_an_origin"


def test_a_page_reads_why_it_is_refused(host: Host, settings: Any) -> None:
    page, headers = made(host, origin=SHOP), {"Origin": SHOP}
    settings.API_CALLS_A_MINUTE = 1

    first, second = (page.client.get("/api/v1/me/wallet", headers=headers) for _ in range(2))
    with held_at(NOON + timedelta(minutes=15)):
        late = page.client.get("/api/v1/me/wallet", headers=headers)
        foreign = page.client.get("/api/v1/me/wallet", headers={"Origin": EVIL})

    assert first.status_code == 200
    assert problem(second, 429)["code"] == "too_many_calls"
    assert problem(late, 401)["code"] == "key_expired"
    for each in (second, late):
        assert each.headers["Access-Control-Allow-Origin"] == SHOP
    assert problem(foreign, 403)["code"] == "origin_not_allowed"
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_a_token_ends_with_its_time_its_client_or_its_account(host: Host) -> None:
    page = made(host)
    row = AccountToken.objects.get()
    assert page.client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ") not in str(
        AccountToken.objects.values().get()
    )

    with held_at(NOON + timedelta(minutes=15)):
        assert problem(page.get("me/wallet"), 401)["code"] == "key_expired"
    suspend(row.account, None, "for the test")
    assert problem(page.get("me/wallet"), 403)["parameters"] == {"problem": "suspended"}
    assert problem(host.post("account_tokens", {"account": "u-7"}), 403)["code"] == "not_allowed"
    revoke_client(ApiClient.objects.get(), None)
    assert problem(page.get("me/wallet"), 401)["code"] == "key_unknown"
    clear_leftovers(NOON + timedelta(days=2))
    assert not AccountToken.objects.exists()
