"""The site as a WSGI application: Django's own way in, and a shorter one for calls of hosts' servers.

Django sends two signals for each request, by which it looks after connections and forgets what a thread
knew of the request. That is a fifth of what a host's call costs beside the database, so it is done here
in a few steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from django.http import HttpResponse
from django.utils.log import log_response
from typing_extensions import override

from connects.api.json_answers import PREFIX
from connects.market.api_clients.server_keys import PREFIX as KEY_PREFIX
from connects.project.spoken_language import fall_silent


class Site(WSGIHandler):
    """Answers all requests; those with a server key by the shorter way."""

    @override
    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if not _has_server_key(environ):
            return super().__call__(environ, start_response)
        close_old_connections()
        request = self.request_class(environ)
        response: HttpResponse = self._middleware_chain(request)
        if response.status_code >= 400:
            log_response(
                "%s: %s", response.reason_phrase, request.path, response=response, request=request
            )
        fall_silent()
        status = f"{response.status_code} {response.reason_phrase}"
        cookies = [("Set-Cookie", each.output(header="")) for each in response.cookies.values()]
        start_response(status, [*response.items(), *cookies])
        return [response.content]


def _has_server_key(environ: Mapping[str, Any]) -> bool:
    """Whether a call for the API bears what looks like a server key."""
    scheme, _, key = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    is_key = scheme.lower() == "bearer" and key.lstrip().startswith(KEY_PREFIX)
    return is_key and environ["PATH_INFO"].startswith(PREFIX)
