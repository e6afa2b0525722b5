"""Load over HTTP/1.1 connections that stay open: as fast as answers come, or at a given rate.

A client library would cost more than the server that it measures; here a request is bytes, and of an
answer only its status and length are read.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """A call: what it is, ready to be sent."""

    raw: bytes


@dataclass(slots=True)
class Load:
    """What came of it: answers, seconds from first to last, and how long each took (seconds)."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def milliseconds_at(self, share: float) -> float:
        """How long so large a share of the calls took at most."""
        ordered = sorted(self.times)
        return 1_000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def request(method: str, path: str, key: str = "", body: Any = None) -> Request:
    """A call with a JSON body, if any, and a server key."""
    said = b"" if body is None else json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(said)}"]
    if key:
        head.append(f"Authorization: Bearer {key}")
    if said:
        head.append("Content-Type: application/json")
    return Request("\r\n".join([*head, "", ""]).encode() + said)


def closed(
    port: int, requests: Iterator[Request], connections: int, seconds: float, warm_up: float = 1.0
) -> Load:
    """Each connection sends its next request as soon as it has its answer."""
    asyncio.run(_closed(port, requests, connections, warm_up))
    return asyncio.run(_closed(port, requests, connections, seconds))


def paced(
    port: int, requests: Iterator[Request], connections: int, seconds: float, per_second: int
) -> Load:
    """So many requests a second, whatever the answers do; waiting for a connection counts."""
    return asyncio.run(_paced(port, requests, connections, seconds, per_second))


def ask(port: int, asked: Request) -> tuple[int, bytes]:
    """One call: its status, and its body."""

    async def once() -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answer = await _call(reader, writer, asked)
        writer.close()
        return answer

    return asyncio.run(once())


async def _closed(port: int, requests: Iterator[Request], connections: int, seconds: float) -> Load:
    load = Load()
    began = time.perf_counter()
    until = began + seconds

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            await _timed(load, reader, writer, next(requests), time.perf_counter())
        writer.close()

    await asyncio.gather(*(connection() for _ in range(connections)))
    load.seconds = time.perf_counter() - began
    return load


async def _paced(
    port: int, requests: Iterator[Request], connections: int, seconds: float, per_second: int
) -> Load:
    load = Load()
    due: asyncio.Queue[float | None] = asyncio.Queue()
    began = time.perf_counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (at := await due.get()) is not None:
            await _timed(load, reader, writer, next(requests), at)
        writer.close()

    async def clock() -> None:
        for number in range(int(per_second * seconds)):
            at = began + number / per_second
            await asyncio.sleep(max(at - time.perf_counter(), 0))
            due.put_nowait(at)
        for _ in range(connections):
            due.put_nowait(None)

    await asyncio.gather(clock(), *(connection() for _ in range(connections)))
    load.seconds = time.perf_counter() - began
    return load


async def _timed(
    load: Load,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    asked: Request,
    began: float,
) -> None:
    status, body = await _call(reader, writer, asked)
    load.times.append(time.perf_counter() - began)
    if status >= 300:
        load.wrong.append((status, body))


async def _call(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Request
) -> tuple[int, bytes]:
    writer.write(asked.raw)
    head = await reader.readuntil(b"\r\n\r\n")
    place = head.lower().index(b"content-length:") + len(b"content-length:")
    length = int(head[place : head.index(b"\r\n", place)])
    return int(head[9:12]), await reader.readexactly(length)
