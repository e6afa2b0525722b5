"""Calls of a host's server pass nothing that is for people: no session, messages, compression or CSP."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from connects.api.json_answers import PREFIX
from connects.api.server_keys import is_server_call
from connects.bootstrap.speech import speak
from connects.project.spoken_language import asked_for


class HostCalls:
    """Middleware: answers calls with a server key itself, by the view alone.

    All that stands after it is for browsers. A caller with a server key gets nothing by a cookie, since
    the key's operations take no other proof.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        direct = convert_exception_to_response(_by_the_view)
        self.direct = cast("Callable[[HttpRequest], HttpResponseBase]", direct)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(PREFIX) and is_server_call(request):
            return self.direct(request)
        return self.get_response(request)


def _by_the_view(request: HttpRequest) -> HttpResponseBase:
    request.get_host()  # raises for a host that is not ours
    speak(asked_for(request))
    match = resolve(request.path_info)
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response
