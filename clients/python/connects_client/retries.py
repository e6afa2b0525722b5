"""Sending the same again: safe, because the names in the addresses are the keys of what is done.

A call that broke may have had its effect. Where the same again has no second one, it is sent again; where
it would have (a rotated secret, a replay), it is sent again only if it was refused before it was done.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

TOO_MANY = httpx.codes.TOO_MANY_REQUESTS
CONFLICT = httpx.codes.CONFLICT
PASSING = {502, 503, 504}
NAMED_BY_HEADER = re.compile(r".*/(grants|proposals|purchases)")
SAFE_POSTS = re.compile(
    r".*/(quotes|prices|proposals/[^/]+/[a-z_]+|jobs/[^/]+/end|purchases/[^/]+/reverse)"
)


@dataclass(frozen=True)
class Retries:
    """How often, and after how long. `Retry-After` is honoured, unless it is longer than `longest`.

    Waits double from `first_seconds` on; each is drawn evenly between nothing and that, so that clients
    that broke together do not come back together.
    """

    tries: int = 5
    first_seconds: float = 0.2
    most_seconds: float = 10
    longest_seconds: float = 60
    draw: Callable[[], float] = random.random

    def pause(
        self, request: httpx.Request, tried: int, response: httpx.Response | None
    ) -> float | None:
        """Seconds until the next try, or None where there is none; no `response`: it broke."""
        if tried >= self.tries or not _may_repeat(request, response):
            return None
        asked = None if response is None else _retry_after(response)
        if asked is None:
            return self.draw() * min(self.most_seconds, self.first_seconds * 2.0 ** (tried - 1))
        return asked if asked <= self.longest_seconds else None


def _may_repeat(request: httpx.Request, response: httpx.Response | None) -> bool:
    if response is None:
        return _is_same_twice(request)
    status = response.status_code
    # Of all conflicts only `in_progress` names a time: another request is at it, and nothing was done.
    if status == TOO_MANY or (status == CONFLICT and "Retry-After" in response.headers):
        return True
    return status in PASSING and _is_same_twice(request)


def _is_same_twice(request: httpx.Request) -> bool:
    return (
        request.method != "POST"
        or "Idempotency-Key" in request.headers
        or SAFE_POSTS.fullmatch(request.url.path) is not None
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the answer asks to wait: it says so itself, or names an instant."""
    told: str = response.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        then = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, (then - datetime.now(UTC)).total_seconds()) if then.tzinfo else None


def _name(request: httpx.Request) -> None:
    """Give a POST that makes something a name, so that it can be sent again."""
    if request.method == "POST" and NAMED_BY_HEADER.fullmatch(request.url.path):
        request.headers.setdefault("Idempotency-Key", str(uuid.uuid4()))


class RetryingTransport(httpx.BaseTransport):
    """Sends, and sends again."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        retries: Retries,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._inner, self._retries, self._sleep = inner, retries, sleep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        _name(request)
        tried = 0
        while True:
            tried += 1
            response = broke = None
            try:
                response = self._inner.handle_request(request)
            except httpx.TransportError as error:
                broke = error
            pause = self._retries.pause(request, tried, response)
            if pause is None:
                return _answer_of(response, broke)
            if response is not None:
                response.close()
            self._sleep(pause)

    def close(self) -> None:
        self._inner.close()


class AsyncRetryingTransport(httpx.AsyncBaseTransport):
    """The same, awaited."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        retries: Retries,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._inner, self._retries, self._sleep = inner, retries, sleep

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _name(request)
        tried = 0
        while True:
            tried += 1
            response = broke = None
            try:
                response = await self._inner.handle_async_request(request)
            except httpx.TransportError as error:
                broke = error
            pause = self._retries.pause(request, tried, response)
            if pause is None:
                return _answer_of(response, broke)
            if response is not None:
                await response.aclose()
            await self._sleep(pause)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _answer_of(
    response: httpx.Response | None, broke: httpx.TransportError | None
) -> httpx.Response:
    if broke is not None:
        raise broke
    assert response is not None
    return response
