"""The address of whoever sends a request: the one function that everything limited by address asks."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 stands for "not known"; nothing is bound to it
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The client's IP address, as the outermost proxy that we trust saw it.

    `CONNECTS_PROXIES` says how many proxies of the operator's stand in front. Each adds to the right
    of X-Forwarded-For who called it, so only that many entries count from the right: what stands
    further left was written by the client, who may write anything. Too few entries, or one that is
    no address, mean that somebody came past the proxies; then it is whoever is connected to us.
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
