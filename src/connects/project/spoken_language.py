"""The language of a request: what its member chose, else what the guest chose or the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from connects.api.json_answers import PREFIX
from connects.bootstrap.speech import speak
from connects.market.people.models import User
from connects.wording.languages import LANGUAGES, SOURCE, language


class SpokenLanguage:
    """Middleware, where it is known who asks: speaks their language until the response is sent.

    A request without a session's cookie is no member's and costs no query. With one, every page looks
    its member up anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith(PREFIX)
        speak(asked_for(request) if is_api else _of_member(request) or asked_for(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language())
        patch_vary_headers(response, ["Accept-Language"])
        return response


def asked_for(request: HttpRequest) -> str:
    """The language that a guest chose, or that their program asks for by `Accept-Language`."""
    is_said = "HTTP_ACCEPT_LANGUAGE" in request.META
    # Without a cookie's header there is nothing to read cookies from.
    has_cookies = "HTTP_COOKIE" in request.META
    if is_said or (has_cookies and settings.LANGUAGE_COOKIE_NAME in request.COOKIES):
        return get_language_from_request(request)
    return SOURCE


def _of_member(request: HttpRequest) -> str:
    user = request.user if request.session.session_key else None
    chosen = user.language if isinstance(user, User) else ""
    return chosen if chosen in LANGUAGES else ""


def fall_silent(**_signal: object) -> None:
    """Forget the language of the request that this thread has answered."""
    if language() != SOURCE:
        speak(SOURCE)


request_finished.connect(fall_silent)
