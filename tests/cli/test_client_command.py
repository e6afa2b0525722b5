"""`connects client`, as an operator types it: keys are printed once, and work until they are revoked."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from connects.cli.main import main
from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.trust.models import StaffAct
from tests.api.hosts import Host

pytestmark = pytest.mark.django_db


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["client", *arguments])


def new(name: str = "shop", scopes: str = "sync,read", *more: str) -> str:
    told = typed("new", name, "--scopes", scopes, *more)
    assert told.exit_code == 0, told.stderr
    return told.stdout.strip()


def works(key: str) -> bool:
    return bool(Host(key).get("accounts/nobody").status_code == 404)


def test_a_new_clients_key_alone_is_printed_and_works() -> None:
    told = typed("new", "shop", "--scopes", "sync, read", "--rate", "50")
    key = told.stdout.strip()

    assert told.stdout == f"{key}\n"
    assert "only time the key of shop is shown" in told.stderr
    assert works(key)
    made = ApiClient.objects.get()
    assert (made.scopes, made.calls_a_second, made.networks) == (["sync", "read"], 50, [])


def test_a_client_may_be_bound_to_addresses() -> None:
    key = new("shop", "read", "--addresses", "10.0.0.0/8, 192.0.2.7")

    assert ApiClient.objects.get().networks == ["10.0.0.0/8", "192.0.2.7/32"]
    assert Host(key).get("accounts/nobody").json()["code"] == "address_not_allowed"


def test_a_rotated_key_works_beside_the_first_until_that_is_revoked() -> None:
    first = new()
    second = typed("rotate", "shop").stdout.strip()
    both = works(first), works(second)
    told = typed("revoke", "shop", "--key", first.rpartition("_")[0])

    assert both == (True, True)
    assert "works no longer" in told.stdout
    assert (works(first), works(second)) == (False, True)


@pytest.mark.parametrize(
    "beginning",
    [lambda key: key[:-66], lambda key: key[:-64], lambda key: key],
    ids="short all whole".split(),
)
def test_a_key_is_revoked_by_any_beginning_that_it_alone_has_or_by_the_whole_and_is_never_told(
    beginning: Callable[[str], str],
) -> None:
    first = new()
    while (second := typed("rotate", "shop").stdout.strip())[:-66] == first[:-66]:
        typed("revoke", "shop", "--key", second)
    told = typed("revoke", "shop", "--key", beginning(first))

    prefix, _, secret = first.rpartition("_")
    assert told.stdout == f"The key {prefix} works no longer.\n"
    assert (works(first), works(second)) == (False, True)
    assert StaffAct.objects.get(act="revoke-server-key").reason == prefix
    assert secret not in told.output


def test_a_beginning_of_both_keys_or_of_none_ends_neither() -> None:
    first = new()
    second = typed("rotate", "shop").stdout.strip()
    ApiClientKey.objects.filter(prefix=first[:17]).update(prefix="csk_live_12345678")
    ApiClientKey.objects.filter(prefix=second[:17]).update(prefix="csk_live_12349999")
    both = typed("revoke", "shop", "--key", "csk_live_1234")
    unknown = "csk_live_00000000_" + "5" * 64
    none = [typed("revoke", "shop", "--key", key) for key in (unknown, "csk_live_", "", "_")]

    assert "csk_live_12345678 and csk_live_12349999 begin so" in both.stderr
    assert [told.exit_code for told in (both, *none)] == [1] * 5
    assert all("no key of shop that works begins so" in told.stderr for told in none)
    assert not any("5555" in told.output for told in none)
    assert (works(first), works(second)) == (True, True)


def test_rotating_prints_the_command_that_ends_the_key_before() -> None:
    first = new()
    told = typed("rotate", "shop")

    command = told.stderr.strip().rpartition(": connects client ")[2]
    assert typed(*command.split()).exit_code == 0
    assert (works(first), works(told.stdout.strip())) == (False, True)


def test_two_keys_are_enough() -> None:
    new()
    typed("rotate", "shop")
    third = typed("rotate", "shop")

    assert third.exit_code == 1
    assert third.stdout == ""
    assert "two of them work already" in third.stderr


def test_a_revoked_client_is_over_for_good() -> None:
    key = new()
    told, again = typed("revoke", "shop"), typed("rotate", "shop")

    assert "No key of shop works any longer." in told.stdout
    assert not works(key)
    assert again.exit_code == 1


def test_the_list_names_clients_scopes_and_keys_but_no_secret() -> None:
    key = new()
    works(key)
    new("other", "events")
    typed("revoke", "other")
    listed = typed("list").stdout

    assert "shop  sync,read" in listed
    assert "other  events  (revoked)" in listed
    prefix, _, secret = key.rpartition("_")
    assert f"{prefix}  last used: 2" in listed
    assert secret not in listed


def test_each_act_leaves_a_line_in_the_activity_log() -> None:
    first = new()
    typed("rotate", "shop")
    typed("revoke", "shop", "--key", first.rpartition("_")[0])
    typed("revoke", "shop")

    acts = StaffAct.objects.order_by("id").values_list("act", flat=True)
    assert list(acts) == [
        "make-api-client",
        "make-server-key",
        "revoke-server-key",
        "revoke-api-client",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("new", "shop2", "--scopes", "everything"), "Scopes: choose from"),
        (("new", "shop2", "--scopes", ""), "Scopes: choose from"),
        (("new", "shop2", "--scopes", "read", "--addresses", "here"), "addresses"),
        (("new", "shop2", "--scopes", "read", "--rate", "0"), "Rate"),
        (("new", "  ", "--scopes", "read"), "Name"),
        (("new", "shop", "--scopes", "read"), "Name"),
        (("rotate", "nobody"), "There is no client nobody"),
        (("revoke", "nobody"), "There is no client nobody"),
        (("revoke", "shop", "--key", "csk_live_00000000"), "Key"),
    ],
)
def test_what_cannot_be_done_is_said_and_no_key_is_printed(
    arguments: tuple[str, ...], says: str
) -> None:
    new()
    told = typed(*arguments)

    assert told.exit_code == 1, told.output
    assert told.stdout == ""
    assert says in told.stderr
    assert ApiClient.objects.count() == 1
