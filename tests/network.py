"""Tests talk to this machine only.

An audit hook sees every connection that Python's socket module makes, whichever library asks for
it. It cannot be taken out again, so it is put in once for each test process.
"""

import ipaddress
import sys

OUTGOING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine."""


def stay_on_this_machine() -> None:
    sys.addaudithook(refuse_other_machines)


def refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    if event in OUTGOING:
        require_this_machine(arguments[1])
    elif event in LOOKUPS:
        require_this_machine((arguments[0],))


def require_this_machine(address: object) -> None:
    # Unix sockets have a path for an address, and a connected socket sends to None.
    if isinstance(address, tuple) and not is_this_machine(address[0]):
        raise NetworkBlockedError(f"Tests may not reach {address[0]}; stand-ins run on 127.0.0.1.")


def is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
