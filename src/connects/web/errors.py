"""Pages for what went wrong, in plain words and without a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from connects.bootstrap.outages import is_outage
from connects.wording.messages import gettext as _

RETRY_SECONDS = 10


def error_page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    """A page that says what was wrong, with the menu of a guest."""
    context = {"title": title, "advice": advice, "status": status}
    return render(request, "web/errors/error.html", context, status=status)


def _page_without_data(status: int, title: str, advice: str) -> HttpResponse:
    """The same where something broke: it is made without the session, which may be what broke."""
    context = {"title": title, "advice": advice, "status": status}
    return HttpResponse(render_to_string("web/errors/error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request,
        400,
        _("That request could not be read"),
        _("Nothing was charged or changed. Go back and try again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        413,
        _("That was too large to send"),
        _("Nothing was charged or changed. Send less, or a smaller file."),
    )


class FormOnlyPages:
    """Middleware: an address that only takes a form answers whoever reads it with a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = error_page(
            request,
            response.status_code,
            _("There is nothing to read at this address"),
            _("It only takes a form, and nothing was changed. Go back to the page that has it."),
        )
        page.headers["Allow"] = response.headers["Allow"]
        return page


def length_required(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        411,
        _("That came without its length"),
        _("Nothing was charged or changed. Send it again with the header Content-Length."),
    )


def too_often(request: HttpRequest, advice: str) -> HttpResponse:
    return error_page(request, 429, _("That was too often"), advice)


def too_many(request: HttpRequest) -> HttpResponse:
    return too_often(request, _("Wait a few minutes, then try again."))


def server_error(request: HttpRequest) -> HttpResponse:
    """What broke was a bug of ours (500), or the database, which will be back (503)."""
    if is_outage(sys.exc_info()[1]):
        return unavailable()
    return _page_without_data(
        500,
        _("Something broke on our side"),
        _("What you did was undone as a whole, not left half done. Try again in a minute."),
    )


def unavailable() -> HttpResponse:
    response = _page_without_data(
        503,
        _("Connects cannot be reached at the moment"),
        _("What you did was undone as a whole, not left half done. Try again in a minute."),
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        _("This form had expired"),
        _("Nothing was charged or changed. Go back, reload the page and send the form again."),
    )
