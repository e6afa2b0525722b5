"""The site's API as an assistant's tools call it: with one personal key, and errors in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx

TIMEOUT_SECONDS = 20.0
TRIES = 3
"""How often a call is made that may be made twice: what reads, and what has an idempotency key."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NotDoneError(Exception):
    """Why a call was not done, in words for the reader of the assistant's answer."""


def address_problem(address: str) -> str | None:
    """What is wrong with a site's address, if anything: a key must not travel in the clear."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return None
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return None
    return (
        f"{address!r} is no address of a site: it begins with https:// (http:// will do on this"
        " machine alone), such as https://connects.example."
    )


class Site:
    """One site, and the key that its calls bear."""

    def __init__(
        self, address: str, key: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.address = address.rstrip("/")
        self._http = httpx.AsyncClient(
            base_url=f"{self.address}/api/v1/",
            headers={"Authorization": f"Bearer {key}"},
            timeout=TIMEOUT_SECONDS,
            transport=transport,
        )

    async def get(self, path: str, **query: object) -> dict[str, Any]:
        """Read what is at that address. Raises `NotDoneError`."""
        asked = {name: str(value) for name, value in query.items() if value not in (None, "")}
        return await self._call("GET", path, params=asked)

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Ask for something that may be asked for twice, once under a key. Raises `NotDoneError`."""
        sent = {name: value for name, value in (body or {}).items() if value is not None}
        return await self._call("POST", path, json=sent, headers={"Idempotency-Key": uuid4().hex})

    async def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        for _ in range(TRIES):
            try:
                response = await self._http.request(method, path, **more)
            except httpx.TransportError:
                continue
            return self._read(response, method)
        raise NotDoneError(self._unreachable(method))

    def _read(self, response: httpx.Response, method: str) -> dict[str, Any]:
        try:
            told = response.json()
        except ValueError:
            told = None
        match told:
            case {"code": _, "message": _, "parameters": _} if response.is_error:
                raise NotDoneError(in_words(told))
            case dict() if response.is_success:
                return told
        if response.is_server_error:  # what stands before the site answers in its place
            raise NotDoneError(self._unreachable(method))
        raise NotDoneError(
            f"What answers at {response.url.host} is no site of Connects: check the address."
        )

    def _unreachable(self, method: str) -> str:
        unsure = (
            ""
            if method == "GET"
            else " It is not known whether that was done: read it before you ask for it again."
        )
        return f"The site at {self.address} does not answer.{unsure}"


def in_words(problem: Mapping[str, Any]) -> str:
    """A problem of the API as a sentence, with its code and the facts behind it."""
    facts = ", ".join(f"{name}: {value}" for name, value in problem["parameters"].items())
    return f"{problem['message']} ({problem['code']}{f'; {facts}' if facts else ''})"


def segment(name: str) -> str:
    """A name as one part of an address."""
    return quote(name, safe="")
