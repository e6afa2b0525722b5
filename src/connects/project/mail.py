"""The mail server: `CONNECTS_SMTP`, or none (e-mails are then kept, to be read in the console)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from connects.bootstrap.setting_urls import parts_of

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
    parts = parts_of("CONNECTS_SMTP", url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "CONNECTS_SMTP names no mail server; expected smtp://user:password@host:587?tls=1"
        )
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parse_qs(parts.query).get("tls") == ["1"],
        smtps=parts.scheme == "smtps",
    )
