"""Deliveries over HTTP: to the address that was checked, without following redirects.

A connection is kept for what follows to the same server, since opening one, with its name to resolve and
its certificate to check, costs more than all else that a delivery does. It serves for some seconds only,
so that a name which leads elsewhere by now is soon asked for again.
"""

from __future__ import annotations

import socket
import ssl
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from typing_extensions import override

from connects.acts.events.addresses import Address, addresses_of
from connects.acts.events.failures import failure_words
from connects.vocabulary.typed_input import whole_number

SECONDS_MOST = 10.0
KEPT_SECONDS = 10.0
"""For so long after its address was checked may a connection serve."""
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


Server = tuple[str, str, int]


class Connections:
    """Sends deliveries, and keeps the connections that servers leave open. Threads may share it."""

    def __init__(self) -> None:
        self._kept: dict[Server, list[_Pinned]] = defaultdict(list)
        self._lock = Lock()

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send, and say what came back; whatever goes wrong is an answer, too."""
        began = monotonic()
        try:
            status, text, retry_after = self._sent(url, headers, body)
        except (OSError, HTTPException, ValueError) as error:
            told = failure_words(error, SECONDS_MOST)
            return Answer(None, error=told, took_ms=_milliseconds(began))
        return Answer(status, text, "", retry_after, _milliseconds(began))

    def close(self) -> None:
        """Close those that are kept."""
        with self._lock:
            kept = [each for servers in self._kept.values() for each in servers]
            self._kept.clear()
        for each in kept:
            each.close()

    def _sent(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str, timedelta | None]:
        parts = urlsplit(url)
        scheme, host = parts.scheme, parts.hostname or ""
        server = (scheme, host, parts.port or (443 if scheme == "https" else 80))
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection = self._take(server)
        if connection is not None:
            with suppress(ConnectionError):  # it was closed there, as it may be at any time
                return self._exchanged(server, connection, path, headers, body)
        return self._exchanged(server, _opened(server), path, headers, body)

    def _exchanged(
        self,
        server: Server,
        connection: _Pinned,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> tuple[int, str, timedelta | None]:
        is_kept = False
        try:
            connection.request("POST", path, body, {**headers, "content-type": "application/json"})
            response = connection.getresponse()
            text = _beginning(response)
            is_kept = not response.will_close and (response.isclosed() or response.length == 0)
            response.close()
            return response.status, text, _retry_after(response.getheader("Retry-After"))
        finally:
            if is_kept:
                with self._lock:
                    self._kept[server].append(connection)
            else:
                connection.close()

    def _take(self, server: Server) -> _Pinned | None:
        """A connection that is kept, the last one first; those that have served their time are closed."""
        with self._lock:
            kept = self._kept[server]
            found = kept.pop() if kept else None
            old = [each for each in kept if each.is_old]
            self._kept[server] = [each for each in kept if not each.is_old]
        if found is not None and found.is_old:
            old.append(found)
            found = None
        for each in old:
            each.close()
        return found


def send_webhook(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send one delivery, on a connection of its own."""
    with closing(Connections()) as connections:
        return connections.send(url, headers, body)


def _milliseconds(began: float) -> int:
    return round((monotonic() - began) * 1_000)


def _opened(server: Server) -> _Pinned:
    scheme, host, port = server
    return _Pinned(host, port, addresses_of(host, port)[0], is_https=scheme == "https")


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
        self._opened = monotonic()

    @property
    def is_old(self) -> bool:
        return monotonic() - self._opened > KEPT_SECONDS

    @override
    def connect(self) -> None:
        self.sock = socket.create_connection((str(self._address), self.port), self.timeout)
        # Head and body are two writes, of which the second would wait for the first to be acknowledged.
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._is_https:
            self.sock = _trusted().wrap_socket(self.sock, server_hostname=self.host)


@lru_cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
