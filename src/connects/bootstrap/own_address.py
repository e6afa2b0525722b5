"""Where this installation listens, and its address."""

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
