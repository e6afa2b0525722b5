"""Calls to PayPal: a token that is fetched when it is needed, a time limit, and two kinds of failure.

`Refusal` is PayPal's own "no", with its code; ConnectionError is everything that says nothing about what
was asked: no answer, an answer without sense, too much asked, or a token that is not taken.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, TypeAlias

import httpx
import structlog
from httpx import USE_CLIENT_DEFAULT
from httpx._client import UseClientDefault

from connects.billing.calls import note_call
from connects.billing.settings import PayPalSettings

Json: TypeAlias = dict[str, Any]

log = structlog.get_logger()

TOKEN_MARGIN_SECONDS = 60


class Refusal(Exception):
    """PayPal's "no": the HTTP status and the issue, such as `INSTRUMENT_DECLINED`."""

    def __init__(self, status: int, issue: str) -> None:
        super().__init__(f"HTTP {status}, {issue}")
        self.status = status
        self.issue = issue


class PayPalHttp:
    """PayPal's HTTP API at the address, and with the client, of the settings."""

    def __init__(self, settings: PayPalSettings, timeout_seconds: float) -> None:
        self._login = (settings.client, settings.secret)
        self._http = httpx.Client(base_url=settings.address, timeout=timeout_seconds)
        self._token, self._token_until = "", 0.0

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: str | int) -> Json:
        return self.call("GET", path, query=query)

    def post(
        self, path: str, body: Json | bytes, key: str = "", seconds_most: float | None = None
    ) -> Json:
        """Send a request; the same key (at most 108 characters) for the same request.

        `seconds_most` covers all of it, a new token included; otherwise each step has the usual limit.
        """
        return self.call("POST", path, body=body, key=key, seconds_most=seconds_most)

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
        key: str = "",
        seconds_most: float | None = None,
    ) -> Json:
        """What PayPal answers. Raises `Refusal`, ConnectionError."""
        until = None if seconds_most is None else time.monotonic() + seconds_most
        reply = self._sent(method, path, query, body, key, until)
        if reply.status_code == 401:  # a token may be taken back before its time
            self._token = ""
            reply = self._sent(method, path, query, body, key, until)
        return _answer(reply)

    def _sent(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: object,
        key: str,
        until: float | None,
    ) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self._current_token(until)}",
            "Content-Type": "application/json",
            "Prefer": "return=representation",
        }
        if key:
            headers["PayPal-Request-Id"] = key
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        return self._reached(
            self._http.build_request(
                method,
                path,
                params=query or None,
                content=content,
                headers=headers,
                timeout=_left(until),
            )
        )

    def _current_token(self, until: float | None) -> str:
        if not self._token or time.monotonic() >= self._token_until:
            form = {"grant_type": "client_credentials"}
            request = self._http.build_request(
                "POST", "/v1/oauth2/token", data=form, timeout=_left(until)
            )
            said = _answer(self._reached(request, auth=self._login))
            self._token_until = time.monotonic() + said["expires_in"] - TOKEN_MARGIN_SECONDS
            self._token = str(said["access_token"])
        return self._token

    def _reached(
        self, request: httpx.Request, auth: tuple[str, str] | None = None
    ) -> httpx.Response:
        try:
            reply = self._http.send(request, auth=auth)
        except httpx.HTTPError as problem:
            note_call("paypal", "failed")
            raise ConnectionError(f"PayPal: {type(problem).__name__}") from problem
        note_call("paypal", "failed" if reply.status_code >= 500 else "answered")
        return reply


def _left(until: float | None) -> httpx.Timeout | UseClientDefault:
    """The limit of each step of a call: connecting and waiting may take half of what is left each."""
    if until is None:
        return USE_CLIENT_DEFAULT
    return httpx.Timeout(max((until - time.monotonic()) / 2, 0.05))


def _answer(reply: httpx.Response) -> Json:
    if reply.status_code == 204:
        return {}
    try:
        said = reply.json()
    except ValueError:
        said = None
    if reply.is_success and isinstance(said, dict):
        return said
    if reply.status_code in (401, 403):
        log.error("paypal-unusable", status=reply.status_code, issue=_issue(said))
    elif 400 <= reply.status_code < 500 and reply.status_code != 429:
        raise Refusal(reply.status_code, _issue(said))
    raise ConnectionError(f"PayPal: HTTP {reply.status_code}")


def _issue(said: object) -> str:
    """What is wrong, in one word: the first detail's issue, or the error's name."""
    if not isinstance(said, dict):
        return "unreadable"
    details = said.get("details") or [{}]
    return str(details[0].get("issue") or said.get("name") or said.get("error") or "unreadable")
