"""Who calls with an account token: a browser or an app, for one account, to read and to ask for quotes.

A browser asks beforehand whether it may send the header `Authorization` to another site. Any may, to the
addresses below `me`: nothing there is proven by a cookie, so a page gains nothing that it does not hold.
The answer to the call itself, be it a refusal, is shown to pages of the token's own origin alone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from ninja.security import HttpBearer

from connects.api.callers import ApiKeyHolder, Caller, Stopped, admitted, bearer_key, wrong_key
from connects.api.key_problems import KEY_EXPIRED, ORIGIN_NOT_ALLOWED
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.tokens import PREFIX, account_token
from connects.market.keys.scopes import KeyScope
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import not_allowed

OWN = "/api/v1/me/"


class TokenHolder(HttpBearer):
    """A browser or an app with a token of one account: `Authorization: Bearer cat_…`."""

    openapi_description = "A token that a host’s server made by `POST /api/v1/account_tokens`."

    def __call__(self, request: HttpRequest) -> Caller | None:
        token = bearer_key(request)
        return self.authenticate(request, token) if token.startswith(PREFIX) else None

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The account of the token. Raises `Stopped` for one that does not work here and now."""
        now, found = clock_now(), account_token(token)
        if found is None:
            raise wrong_key(request, now)
        origin = request.headers.get("Origin", "")
        if origin and origin != found.origin:
            raise Stopped.by(ORIGIN_NOT_ALLOWED)
        request.shown_to = origin  # type: ignore[attr-defined]
        if found.expires <= now:
            raise Stopped.by(KEY_EXPIRED, expired=found.expires.isoformat())
        if found.account.suspended is not None:
            raise Stopped.by(not_allowed(Problem.SUSPENDED))
        return admitted(request, Caller(None, found.account, now))


def readers(scope: KeyScope) -> list[HttpBearer]:
    """Who reads one account: an account token, or a member's key with the scope."""
    return [TokenHolder(), ApiKeyHolder(scope)]


def show_to_page(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the page that sent an account token made for its origin, if one did, read the response."""
    origin = getattr(request, "shown_to", "")
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Connects-Request-Id, Retry-After"
        patch_vary_headers(response, ["Origin"])


class Preflights:
    """Middleware: answers what a browser asks before it calls from a page of another site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_asked = (
            request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        )
        if not (is_asked and request.path_info.startswith(OWN)):
            return self.get_response(request)
        allowed = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": "3600",
        }
        return HttpResponse(status=204, headers=allowed)
