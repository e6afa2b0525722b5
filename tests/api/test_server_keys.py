"""Server keys: made by an operator, shown once, kept as a hash; bound by scopes, addresses and a rate."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from connects.acts.accounts.make_api_client import MadeServerKey, add_server_key
from connects.acts.accounts.revoke_api_client import revoke_client, revoke_server_key
from connects.bootstrap.clock import held_at
from connects.market.api_clients import client_cache, server_keys
from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.trust.models import StaffAct
from connects.vocabulary.refusals import Refused
from tests.api.calling import key_for, problem
from tests.api.hosts import Host, server_key
from tests.market.people import NOON, Town


def test_a_key_is_kept_as_a_hash_and_nothing_of_its_secret_is(here: Town) -> None:
    secret = server_key()

    kept = serializers.serialize("json", ApiClientKey.objects.all())

    assert secret.startswith("csk_live_")
    assert secret.rpartition("_")[2] not in kept


def test_two_keys_work_at_a_time_so_that_one_takes_over_from_the_other(here: Town) -> None:
    first = server_key()
    client = ApiClient.objects.get()
    second = add_server_key(client, None)
    assert isinstance(second, MadeServerKey)

    third = add_server_key(client, None)
    assert isinstance(third, Refused)
    assert third.parameters["problem"] == "too_many_server_keys"

    revoke_server_key(client, first[:17], None)
    assert problem(Host(first).get("accounts/ana"), 401)["code"] == "key_unknown"
    assert Host(second.secret).get("accounts/ana").status_code == 200
    assert isinstance(add_server_key(client, None), MadeServerKey)


def test_no_key_of_a_revoked_client_works_any_longer(here: Town) -> None:
    secret = server_key()

    revoke_client(ApiClient.objects.get(), here.operator)

    assert problem(Host(secret).get("accounts/ana"), 401)["code"] == "key_unknown"


def test_a_server_that_caches_its_callers_forgets_a_revoked_key_within_a_second(
    here: Town, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(server_keys, "_cached", client_cache.CachedClients(is_on=True))
    secret = server_key()
    with held_at(NOON):
        assert server_keys.client_of(secret, NOON) is not None
        with django_assert_num_queries(0):
            assert server_keys.client_of(secret, NOON) is not None

        revoke_client(ApiClient.objects.get(), here.operator)

        assert server_keys.client_of(secret, NOON + timedelta(seconds=1)) is None


def test_a_key_does_what_its_scopes_say_and_nothing_else(here: Town) -> None:
    host = Host(server_key(scopes=("read",)))

    told = problem(host.put("accounts/u-7", {"kind": "freelancer"}), 403)

    assert (told["code"], told["parameters"]) == ("scope_missing", {"scope": "sync"})
    assert host.get("accounts/ana").status_code == 200


def test_a_key_that_comes_from_a_browser_is_refused_and_operators_learn_of_it(here: Town) -> None:
    host = Host(origin="https://shop.example")
    made_up = Host("csk_live_0", origin="https://shop.example")
    in_a_page_of_ours = Host("csk_live_0", **{"sec-fetch-site": "same-origin"})

    for caller in (host, host, made_up, in_a_page_of_ours):
        assert problem(caller.get("accounts/ana"), 403)["code"] == "server_key_in_browser"
    line = StaffAct.objects.get(act="server-key-in-browser")
    assert line.parameters == {"client": "shop", "origin": "https://shop.example"}


def test_a_key_works_from_its_clients_addresses_alone(here: Town) -> None:
    near = Host(server_key("near", networks=("127.0.0.0/8",)))
    far = Host(server_key("far", networks=("10.1.0.0/16", "2001:db8::/32")))

    assert near.get("accounts/ana").status_code == 200
    assert problem(far.get("accounts/ana"), 403)["code"] == "address_not_allowed"


def test_more_calls_in_a_second_than_the_clients_rate_wait(here: Town) -> None:
    host = Host(server_key(calls_a_second=3))

    answers = [host.get("accounts/ana") for _ in range(4)]
    refused = host.get("accounts/ana")

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.headers["RateLimit"] for each in answers[:3]] == [
        f'"client";r={left};t=1' for left in (2, 1, 0)
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"client";q=3;w=1'
    told = problem(refused, 429)
    assert told["code"] == "too_many_calls"
    assert told["message"].startswith("You made more than 3 calls within 1 second. ")
    assert refused.headers["Retry-After"] == "1"
    with held_at(NOON + timedelta(seconds=1)):
        assert host.get("accounts/ana").status_code == 200


def test_a_members_key_and_no_key_are_told_apart(here: Town) -> None:
    personal = Host(key_for(here.freelancer).secret)

    assert problem(personal.get("accounts/ana"), 403)["code"] == "server_key_needed"
    assert problem(Client().get("/api/v1/accounts/ana"), 401)["code"] == "not_signed_in"
    assert problem(Host("csk_live_\0").get("accounts/ana"), 401)["code"] == "key_unknown"


def test_the_day_of_a_keys_last_use_is_noted(here: Town) -> None:
    host = Host()
    host.get("accounts/ana")

    assert ApiClientKey.objects.get().last_used == NOON.date()


def test_a_servers_call_opens_no_session_and_wears_nothing_for_browsers(here: Town) -> None:
    response = Host().get("accounts/ana")

    assert not response.cookies
    assert "Content-Security-Policy" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
