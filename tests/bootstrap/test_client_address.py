"""The client's address is what our own proxies saw, never what the client wrote."""

from typing import Any

import pytest
from django.test import RequestFactory

from connects.bootstrap.client_address import client_address, client_network

PEER = "192.0.2.9"


def seen(settings: Any, proxies: int, forwarded: str | None, peer: str = PEER) -> str:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    return client_address(request)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "9.9.9.9", PEER),
        (1, None, PEER),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "9.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "9.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "9.9.9.9", PEER),
        (1, "nonsense", PEER),
        (1, "9.9.9.9, ", PEER),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_only_what_trusted_proxies_appended_is_believed(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    assert seen(settings, proxies, forwarded) == address


def test_a_connection_without_an_address_is_unknown_and_no_error(settings: Any) -> None:
    assert seen(settings, 0, None, peer="") == "0.0.0.0"


def test_one_household_s_many_addresses_count_as_one(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    networks = {
        client_network(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")
    }
    assert networks == {"2001:db8:1:2::"}
