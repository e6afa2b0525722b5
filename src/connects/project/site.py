"""The site as a WSGI application: Django's own way in, and a shorter one for calls of hosts' servers.

Django sends two signals for each request, by which it looks after connections and forgets what a thread
knew of the request. That is a fifth of what a host's call costs beside the database, so it is done here
in a few steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from connects.api.json_answers import PREFIX
from connects.bootstrap.plain_headers import all_headers
from connects.market.api_clients.server_keys import PREFIX as KEY_PREFIX
from connects.project.spoken_language import fall_silent


class Site:
    """Answers all requests as WSGI says; those with a server key by the shorter way."""

    def __init__(self) -> None:
        self._django: Any = WSGIHandler()
        self._middlewares: Callable[[HttpRequest], HttpResponse]
        self._middlewares = vars(self._django)["_middleware_chain"]

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if not _has_server_key(environ):
            parts: Iterable[bytes] = self._django(environ, start_response)
            return parts
        close_old_connections()
        request = WSGIRequest(environ)
        response = self._middlewares(request)
        if response.status_code >= 400:
            log_response(
                "%s: %s", response.reason_phrase, request.path, response=response, request=request
            )
        fall_silent()
        status = f"{response.status_code} {response.reason_phrase}"
        cookies = [("Set-Cookie", each.output(header="")) for each in response.cookies.values()]
        start_response(status, [*all_headers(response), *cookies])
        return [response.content]


def _has_server_key(environ: Mapping[str, Any]) -> bool:
    """Whether a call for the API bears what looks like a server key."""
    path: str = environ["PATH_INFO"]
    scheme, _, key = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    is_key = scheme.lower() == "bearer" and key.lstrip().startswith(KEY_PREFIX)
    return bool(is_key and path.startswith(PREFIX))
