"""A server key belongs to its client as long as both work; an account's token to its account."""

from datetime import date, timedelta

import pytest

from connects.acts.accounts.make_account_token import MadeToken, make_account_token
from connects.acts.accounts.make_api_client import (
    ClientForm,
    MadeServerKey,
    add_server_key,
    make_client,
)
from connects.acts.accounts.revoke_api_client import revoke_client, revoke_server_key
from connects.bootstrap.clock import held_at
from connects.market.api_clients.client_cache import CACHED_FOR, CachedClients
from connects.market.api_clients.models import AccountToken, ApiClient, ApiClientKey
from connects.market.api_clients.selectors import (
    api_clients,
    client_called,
    client_numbered,
    live_keys_of,
)
from connects.market.api_clients.server_keys import client_of, pin_version
from connects.market.api_clients.tokens import KEPT_FOR, account_token, clear_account_tokens
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered
from tests.sent_statements import sent_statements

pytestmark = pytest.mark.django_db


def made(name: str) -> MadeServerKey:
    with held_at(NOON):
        answer = make_client(ClientForm(name=name, scopes=["read"]), None)
    assert isinstance(answer, MadeServerKey), answer
    return answer


def owner(key: str) -> str | None:
    found = client_of(key, NOON)
    return None if found is None else found.name


def test_each_key_finds_its_client_until_one_of_them_is_revoked() -> None:
    shop, lab = made("shop"), made("lab")
    second = add_server_key(shop.row.client, None)
    assert isinstance(second, MadeServerKey)
    assert [owner(each.secret) for each in (shop, second, lab)] == ["shop", "shop", "lab"]

    revoke_server_key(shop.row.client, shop.row.prefix, None)
    assert [owner(each.secret) for each in (shop, second, lab)] == [None, "shop", "lab"]
    assert live_keys_of(shop.row.client) == [second.row]

    revoke_client(shop.row.client, None)
    assert [owner(each.secret) for each in (shop, second, lab)] == [None, None, "lab"]


@pytest.mark.parametrize("key", ["", "csk_live_", "ck_" + "a" * 64, "csk_live_" + "0" * 73, "\0"])
def test_what_has_not_the_shape_of_a_key_is_not_looked_up(key: str) -> None:
    with sent_statements() as sent:
        assert client_of(key, NOON) is None

    assert sent == []


def test_the_day_of_use_is_written_once_a_day() -> None:
    key = made("shop")
    for hours in (0, 1, 13):
        client_of(key.secret, NOON + timedelta(hours=hours))
        assert ApiClientKey.objects.get().last_used == (NOON + timedelta(hours=hours)).date()

    with sent_statements() as sent:
        client_of(key.secret, NOON + timedelta(hours=13))
    assert len(sent) == 1


def test_a_client_is_cached_for_a_second_and_only_where_that_is_on() -> None:
    client, cache = made("shop").row.client, CachedClients()
    cache.add("digest", client, NOON)
    assert cache.client("digest", NOON) is None, "a short-lived process would only grow"

    cache.is_on = True
    cache.add("digest", client, NOON)
    assert cache.client("digest", NOON + CACHED_FOR / 2) is client
    assert cache.client("digest", NOON + CACHED_FOR) is None
    assert cache.client("digest", NOON - CACHED_FOR) is None, "the clock was put back"
    assert cache.client("another", NOON) is None


def test_a_client_keeps_the_version_of_its_first_call() -> None:
    client = made("shop").row.client
    pin_version(client, date(2026, 1, 1))
    other = ApiClient.objects.get(pk=client.pk)
    pin_version(other, date(2026, 6, 1))

    assert ApiClient.objects.get(pk=client.pk).version == date(2026, 1, 1)


def test_clients_are_listed_by_name_with_the_keys_that_work() -> None:
    shop, lab = made("shop"), made("lab")
    revoke_server_key(shop.row.client, shop.row.prefix, None)

    with sent_statements() as sent:
        listed = {each.name: len(each.live_keys) for each in api_clients()}  # type: ignore[attr-defined]
    assert list(listed.items()) == [("lab", 1), ("shop", 0)]
    assert len(sent) == 2
    assert client_called("lab") == client_numbered(lab.row.client.pk) == lab.row.client
    assert client_called("none") is client_numbered(0) is None


def test_a_token_that_expired_is_known_for_a_day_and_then_forgotten() -> None:
    client = made("shop").row.client
    with held_at(NOON):
        token = make_account_token(client, registered("ana", AccountKind.FREELANCER))
    assert isinstance(token, MadeToken)
    expires = token.row.expires

    clear_account_tokens(expires + KEPT_FOR)
    found = account_token(token.secret)
    assert found is not None
    assert (found.account.handle, found.expires) == ("ana", expires)
    clear_account_tokens(expires + KEPT_FOR + timedelta(seconds=1))
    assert account_token(token.secret) is None
    assert not AccountToken.objects.exists()


def test_a_token_goes_with_its_client() -> None:
    client = made("shop").row.client
    with held_at(NOON):
        token = make_account_token(client, registered("ana", AccountKind.FREELANCER))
        assert isinstance(token, MadeToken)
        assert account_token(token.secret) is not None
        revoke_client(client, None)

    assert account_token(token.secret) is None
    assert account_token("cat_" + "0" * 63) is None
