"""Connections that are slow on purpose: they say nothing, or a header or a body byte by byte.

Whom the server hangs up on comes again at once, as somebody would who wants to keep others out.
"""

import asyncio
import time
from dataclasses import dataclass

TOKEN = b"a" * 32
# With a token, so that the site wants to read the form before it can say no.
SLOW_BODY = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Cookie: csrftoken=%b\r\nX-CSRFToken: %b\r\n\r\nusername=" % (TOKEN, TOKEN)
)
OPENINGS = (
    b"",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: ",
    b"GET /rules/ HTTP/1.1\r\n",
    SLOW_BODY,
)
DRIP_SECONDS = 2.0
PAUSE_SECONDS = 0.5


@dataclass
class Held:
    """How many connections were held, how many of them at one time, and how many were ended."""

    opened: int = 0
    open_now: int = 0
    open_most: int = 0
    hung_up_on: int = 0
    refused: int = 0


def hold(port: int, connections: int, seconds: float) -> Held:
    """Hold so many connections to a port of this machine, for so long; what became of them."""
    return asyncio.run(_all(port, connections, time.monotonic() + seconds))


async def _all(port: int, connections: int, end: float) -> Held:
    held = Held()
    await asyncio.gather(*(_again(port, number, end, held) for number in range(connections)))
    return held


async def _again(port: int, number: int, end: float, held: Held) -> None:
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            held.refused += 1
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        held.opened += 1
        held.open_now += 1
        held.open_most = max(held.open_most, held.open_now)
        try:
            if await _drip(reader, writer, OPENINGS[number % len(OPENINGS)], end):
                held.hung_up_on += 1
        finally:
            held.open_now -= 1
            writer.close()
        await asyncio.sleep(PAUSE_SECONDS)


async def _drip(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opening: bytes, end: float
) -> bool:
    """Say the opening and then byte after byte; whether the server answered or hung up before the end."""
    drop = b"x" if opening else b""
    try:
        writer.write(opening)
        while time.monotonic() < end:
            try:
                await asyncio.wait_for(reader.read(1_024), DRIP_SECONDS)
            except TimeoutError:
                writer.write(drop)
                await writer.drain()
            else:
                return True
    except OSError:
        return True
    return False
