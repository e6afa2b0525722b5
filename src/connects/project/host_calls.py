"""Calls of a host's server pass nothing that is for people: no session, messages, compression or CSP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

from connects.api.json_answers import PREFIX, JsonAnswers
from connects.api.server_keys import is_server_call
from connects.bootstrap.plain_headers import set_plain
from connects.bootstrap.speech import speak
from connects.project.host_addresses import resolved
from connects.project.spoken_language import asked_for
from connects.project.uploads import BYTES_MOST
from connects.vocabulary.typed_input import whole_number


class HostCalls:
    """Middleware: answers calls with a server key itself, by the view alone.

    All that stands after it is for browsers. A caller with a server key gets nothing by a cookie, since
    the key's operations take no other proof. What is refused before a view sees it goes the way of all
    requests.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        direct = convert_exception_to_response(_by_the_view)
        self.direct = JsonAnswers(cast("Callable[[HttpRequest], HttpResponseBase]", direct))
        self.security = SecurityMiddleware(get_response)
        self.headers: dict[bool, Mapping[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (request.path_info.startswith(PREFIX) and is_server_call(request)):
            return self.get_response(request)
        is_secure = request.is_secure()
        if not _is_plain(request) or (self.security.redirect and not is_secure):
            return self.get_response(request)
        response = self.direct(request)
        set_plain(response, self._headers(request, is_secure=is_secure))
        return response

    def _headers(self, request: HttpRequest, *, is_secure: bool) -> Mapping[str, str]:
        """What Django adds to a response for security, which is the same for each."""
        found = self.headers.get(is_secure)
        if found is None:
            bare = HttpResponse()
            del bare.headers["Content-Type"]
            self.security.process_response(request, bare)
            found = self.headers[is_secure] = dict(bare.headers)
        return found


def _is_plain(request: HttpRequest) -> bool:
    """Whether it says how long its body is, if it has one, and that is not too long."""
    size = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    is_known = "CONTENT_LENGTH" in request.META or "HTTP_TRANSFER_ENCODING" not in request.META
    return is_known and size is not None and size <= BYTES_MOST and request.method != "OPTIONS"


HOSTS_MOST = 100
_hosts: set[tuple[str, ...]] = set()
"""Hosts that were found to be ours, each with the setting by which they were."""


def _require_host_of_ours(request: HttpRequest) -> None:
    """Raise for a host that is not ours, as Django does; what it said of one is kept."""
    found = (request.META.get("HTTP_HOST", ""), *settings.ALLOWED_HOSTS)
    if found in _hosts:
        return
    request.get_host()
    if len(_hosts) >= HOSTS_MOST:
        _hosts.clear()
    if found[0]:
        _hosts.add(found)


def _by_the_view(request: HttpRequest) -> HttpResponseBase:
    _require_host_of_ours(request)
    speak(asked_for(request))
    match = resolved(request.path_info)
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response
