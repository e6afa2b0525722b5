"""A sandbox's clock, which another process may have moved since the last request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from connects.market.upkeep.sandbox import follow_clock


class FollowSandboxClock:
    """Middleware of sandboxes alone: each request is answered at the sandbox's time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        follow_clock()
        return self.get_response(request)
