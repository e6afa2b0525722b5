"""Limits on the size of requests: refused by their headers, before anything is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from connects.vocabulary.typed_input import whole_number
from connects.web.errors import length_required, too_large

BYTES_MOST = 1_000_000
# The forms that take a file, by the names of their pages; each checks the file itself, too.
WITH_FILES = {"console-rollout-new": 11_000_000}


class UploadLimit:
    """Middleware: answers 413 to what is longer than its address takes.

    A body without a length is none to the server's interface: it would be taken for an empty one. So it
    is answered with 411.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        size = whole_number(request.headers.get("Content-Length") or "0")
        if size is None or (size > BYTES_MOST and size > bytes_most(request.path_info)):
            return too_large(request)
        if "Content-Length" not in request.headers and "Transfer-Encoding" in request.headers:
            return length_required(request)
        return self.get_response(request)


def bytes_most(path: str) -> int:
    """The most that may be sent to an address."""
    try:
        name = resolve(path).url_name
    except Resolver404:
        return BYTES_MOST
    return WITH_FILES.get(name or "", BYTES_MOST)
