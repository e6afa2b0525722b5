r"""Cookies that no server of ours has set are none.

In a quoted cookie `\000` stands for a character that no header can hold, and that PostgreSQL takes for
no text: a session of that name would be an error of the database.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from connects.vocabulary.typed_input import drop_unprintable


class SaneCookies:
    """Middleware, before all that reads cookies: drops those that hold what cannot be printed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        drop_unprintable(request.COOKIES)
        return self.get_response(request)
