"""Which addresses webhooks may go to: public ones by HTTPS, and those that the operator allows.

A name says nothing of where it leads, and may lead elsewhere a moment later. So the address that was
checked is the one that is connected to.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor, wait
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

RESOLVE_SECONDS_MOST = 3.0
URL_CHARACTERS = 500

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_ROUTED = (IPv6Network("2000::/3"), _NAT64)
"""All of IPv6 that is public; much of the rest has meanings that only some networks know."""

_resolvers = ThreadPoolExecutor(8, thread_name_prefix="resolve")


class Barred(OSError):
    """The name leads to an address that webhooks may not go to."""


class NotFound(OSError):
    """The name leads nowhere now."""


def url_refused(url: str) -> Refused | None:
    """Why an endpoint cannot be there; None where it can. A name that leads nowhere yet is taken."""
    parts = _parts(url)
    if parts is None:
        return invalid(Problem.NOT_A_URL, field="url")
    scheme, host, port = parts
    if scheme != "https" and not _is_near(host):
        return invalid(Problem.NOT_HTTPS, field="url")
    try:
        addresses_of(host, port)
    except Barred:
        return invalid(Problem.PRIVATE_ADDRESS, field="url")
    except OSError:
        return None
    return None


def _parts(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address that can be one; None for any other text."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    is_plain = url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not host or not is_plain or parts.fragment:
        return None
    if len(url) > URL_CHARACTERS:
        return None
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80)


def _is_near(host: str) -> bool:
    """Whether the host is this machine and the operator allows that: then nothing travels."""
    try:
        found = addresses_of(host, 80)
    except OSError:
        return False
    return all(address.is_loopback for address in found)


def addresses_of(host: str, port: int) -> list[Address]:
    """The addresses that a name leads to now. Raises Barred where one is not allowed, or OSError."""
    literal = _literal(host)
    if literal is None and _is_localhost(host):
        host = "localhost"
    found = [literal] if literal is not None else _asked(host, port)
    if not found or not all(map(is_allowed, found)):
        raise Barred(f"{host} leads to an address that is not public")
    return found


def _is_localhost(host: str) -> bool:
    """Whether the name is this machine by definition, even where nobody resolves it (RFC 6761)."""
    return f".{host.rstrip('.')}".endswith(".localhost")


def _literal(host: str) -> Address | None:
    """The address that the host is written as, in whatever spelling; None for a name."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))  # 127.1 and 0x7f000001 are spellings, too
    except OSError:
        return None


def _asked(host: str, port: int) -> list[Address]:
    told = _resolvers.submit(_resolve, host, port)
    wait([told], RESOLVE_SECONDS_MOST)
    # Whatever keeps a name from being resolved (no server, no such name, no name at all) is one to us.
    if not told.done():
        raise NotFound(f"{host} cannot be found: its name servers do not answer")
    problem = told.exception()
    if problem is not None:
        why = getattr(problem, "strerror", None) or "it is no name of a server"
        raise NotFound(f"{host} cannot be found: {why}") from problem
    return told.result()


def _resolve(host: str, port: int) -> list[Address]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]


def is_allowed(address: Address) -> bool:
    """Whether webhooks may go there."""
    real = _carried(address)
    if any(each in network for each in (address, real) for network in settings.WEBHOOK_NETWORKS):
        return True
    return all(map(_is_public, (address, real)))


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and not any(address in network for network in _ROUTED):
        return False
    return address.is_global and not address.is_multicast


def _carried(address: Address) -> Address:
    """The IPv4 address that one of IPv6 leads on to; the address itself where there is none."""
    if not isinstance(address, IPv6Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    if address in _NAT64:
        return IPv4Address(address.packed[12:])
    return address.teredo[1] if address.teredo else address
