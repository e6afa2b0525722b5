"""Whether an installation is a real one: then nothing made up may stand in for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from connects.vocabulary.typed_input import whole_number

LISTENS_BY_DEFAULT = "127.0.0.1:8000"
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 – names what to look for, binds nothing


def is_this_machine(host: str) -> bool:
    """Whether only programs on this machine reach the host of that name."""
    name = host.strip().strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def listen_address(environment: Mapping[str, str]) -> tuple[str, int]:
    """Where the site listens: `CONNECTS_LISTEN`, as `host:port`. Raises ValueError for anything else."""
    text = environment.get("CONNECTS_LISTEN") or LISTENS_BY_DEFAULT
    host, _, port = text.rpartition(":")
    number = whole_number(port, 1, 65535)
    if not host or number is None:
        raise ValueError(
            f"CONNECTS_LISTEN is {text!r}; expected host:port, as {LISTENS_BY_DEFAULT}"
        )
    return host.strip("[]"), number


def site_address(environment: Mapping[str, str]) -> str:
    """The site's address for links: `CONNECTS_ADDRESS`, or where the site listens.

    Raises ValueError where it is no address of a site.
    """
    text = environment.get("CONNECTS_ADDRESS", "").rstrip("/")
    if text:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError(f"CONNECTS_ADDRESS is {text!r}; expected https://connects.example")
        return text
    host, port = listen_address(environment)
    shown = "127.0.0.1" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def is_in_production(environment: Mapping[str, str]) -> bool:
    """Whether others can reach the site: with HTTPS, a database server, or a host other than this
    machine.
    """
    hosts = [host for host in environment.get("CONNECTS_HOSTS", "").split(",") if host.strip()]
    hosts += [listen_address(environment)[0], urlsplit(site_address(environment)).hostname or ""]
    return (
        environment.get("CONNECTS_HTTPS") == "1"
        or environment.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:"))
        or not all(is_this_machine(host) for host in hosts)
    )


def takes_test_payments(environment: Mapping[str, str]) -> bool:
    """Whether payments may be pretended where no provider is set up: `CONNECTS_TEST_PAYMENTS`.

    Without it, only outside of production. Raises ValueError for anything but 1 and 0.
    """
    said = environment.get("CONNECTS_TEST_PAYMENTS", "")
    if said not in ("", "0", "1"):
        raise ValueError(f"CONNECTS_TEST_PAYMENTS is {said!r}; expected 1 or 0")
    return said == "1" if said else not is_in_production(environment)
