"""The mail server: `CONNECTS_SMTP`, or none (e-mails are then kept, to be read in the console)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server. `tls` asks for STARTTLS; `smtps` is TLS from the first byte."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    smtps: bool


def smtp_server(url: str) -> SmtpServer | None:
    """The server of `smtp://user:password@host:587?tls=1` or `smtps://…`; None for an empty text.

    Raises ValueError, with what was expected, for anything else.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            f"CONNECTS_SMTP is {parts.scheme or url!r}…; expected smtp://user:password@host:587?tls=1"
        )
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise ValueError("CONNECTS_SMTP names no port from 1 to 65535") from error
    return SmtpServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parse_qs(parts.query).get("tls") == ["1"],
        smtps=parts.scheme == "smtps",
    )
