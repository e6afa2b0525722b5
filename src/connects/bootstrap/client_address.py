"""The client's address: the one function behind everything that is limited by address."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 stands for "not known"; nothing is bound to it
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The client's IP address, as seen by the outermost proxy that we trust.

    `CONNECTS_PROXIES` says how many of the operator's proxies stand in front. Each appends its caller
    to X-Forwarded-For, so only that many entries from the right count; further left stands what the
    client wrote, which may be anything. With too few entries, or one that is no address, somebody came
    past the proxies; then it is the address of the connection.
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    hops = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = _parsed(forwarded[-hops]) if 0 < hops <= len(forwarded) else None
    found = seen or peer
    return UNKNOWN if found is None else str(found)


def client_network(request: HttpRequest) -> str:
    """What to count by: the client's address, or the /64 of an IPv6 one: a household has it whole."""
    found = ip_address(client_address(request))
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, IPV6_PREFIX), strict=False).network_address)
    return str(found)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address out of `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` or `[2001:db8::1]:4711`."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
