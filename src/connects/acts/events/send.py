"""One delivery over HTTP: to the address that was checked, without following redirects."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import urlsplit

from typing_extensions import override

from connects.acts.events.addresses import Address, addresses_of
from connects.vocabulary.typed_input import whole_number

SECONDS_MOST = 10.0
ANSWER_MOST = 1_024
RETRY_AFTER_MOST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status with the answer's beginning, or why there was none (`error`)."""

    status: int | None
    body: str = ""
    error: str = ""
    retry_after: timedelta | None = None
    took_ms: int = 0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def send_webhook(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send, and say what came back; whatever goes wrong is an answer, too."""
    began = monotonic()
    try:
        status, text, retry_after = _sent(url, headers, body)
    except (OSError, HTTPException, ValueError) as error:
        told = f"{type(error).__name__}: {error}"[:200]
        return Answer(None, error=told, took_ms=_milliseconds(began))
    return Answer(status, text, "", retry_after, _milliseconds(began))


def _milliseconds(began: float) -> int:
    return round((monotonic() - began) * 1_000)


def _sent(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str, timedelta | None]:
    parts = urlsplit(url)
    host, is_https = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_https else 80)
    connection = _Pinned(host, port, addresses_of(host, port)[0], is_https=is_https)
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request("POST", path, body, {**headers, "content-type": "application/json"})
        response = connection.getresponse()
        text = _beginning(response)
        return response.status, text, _retry_after(response.getheader("Retry-After"))
    finally:
        connection.close()


def _beginning(response: HTTPResponse) -> str:
    """The first kilobyte of an answer, or as much of it as came in time."""
    end, read = monotonic() + SECONDS_MOST, b""
    while len(read) < ANSWER_MOST and monotonic() < end:
        piece = response.read1(ANSWER_MOST - len(read))
        if not piece:
            break
        read += piece
    return read.decode(errors="replace").replace("\0", "\ufffd")[:ANSWER_MOST]


def _retry_after(told: str | None) -> timedelta | None:
    """The wait that a receiver asks for; None where it asks for none, or by a date."""
    seconds = whole_number((told or "").strip())
    return None if seconds is None else min(timedelta(seconds=seconds), RETRY_AFTER_MOST)


class _Pinned(HTTPConnection):
    """A connection to one address, whatever its name leads to by now."""

    def __init__(self, host: str, port: int, address: Address, *, is_https: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_MOST)
        self._address, self._is_https = address, is_https
        self.default_port = 443 if is_https else 80

    @override
    def connect(self) -> None:
        self.sock = socket.create_connection((str(self._address), self.port), self.timeout)
        if self._is_https:
            self.sock = _trusted().wrap_socket(self.sock, server_hostname=self.host)


@lru_cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
