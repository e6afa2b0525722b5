"""A name for each request, by which its lines in the log are found, here and at the proxy."""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

from connects.bootstrap.plain_headers import set_plain

HEADER = "X-Request-ID"
SENT = "HTTP_X_REQUEST_ID"
OWN_HEADER = "Connects-Request-Id"
_SANE = re.compile(r"[A-Za-z0-9._-]{8,80}")


class RequestIds:
    """Middleware, the outermost: takes the proxy's name for the request if it is one, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.META.get(SENT, "")
        name = sent if _SANE.fullmatch(sent) else token_hex(16)
        # It stays until the thread's next request: Django's line about the answer comes after this.
        clear_contextvars()
        bind_contextvars(request_id=name)
        response = self.get_response(request)
        set_plain(response, {HEADER: name, OWN_HEADER: name})
        return response
