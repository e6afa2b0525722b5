"""Cache headers: nobody keeps what belongs to a member; visitors' browsers ask again."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class CacheControl:
    """Middleware: says so on every page that does not say something itself.

    A session's cookie is sign enough: to look the person up would cost a query. Static files are
    answered before, by WhiteNoise, and may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        is_members = cookie in request.COOKIES or cookie in response.cookies
        response.headers.setdefault("Cache-Control", "no-store" if is_members else "no-cache")
        return response
