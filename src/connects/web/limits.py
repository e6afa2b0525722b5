"""Pages and limits: what is counted by address, and how a page says that something was too often."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.client_address import client_network
from connects.bootstrap.clock import now as clock_now
from connects.market.limits import table
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.errors import too_often

TOO_MANY_REQUESTS = 429
_NOTED = "retry_after_seconds"

BY_ADDRESS = {
    # The page has two names, ours and the library's; a request is resolved to the latter.
    ("sign-up", ""): table.SIGN_UPS,
    ("account_signup", ""): table.SIGN_UPS,
    ("proposal", "message"): table.MESSAGES_FROM_ADDRESS,
    ("post-new", ""): table.POSTS_FROM_ADDRESS,
    ("promo", ""): table.PROMO_TRIES_FROM_ADDRESS,
}
"""The limit on what a form does, by the name of its page and by its `act`."""

_PAGES = {page for page, _ in BY_ADDRESS}


def told_to_wait(request: HttpRequest, refused: Refused) -> str:
    """The refusal in words; the response is going to say when to come back, where that is known."""
    if refused.retry_after_seconds is not None:
        setattr(request, _NOTED, refused.retry_after_seconds)
    return refusal_text(refused)


class PageLimits:
    """Middleware: counts by address, and turns what was too often into a 429 with `Retry-After`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        seconds = getattr(request, _NOTED, None)
        if seconds is not None:
            response.status_code = TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(seconds)
        return response

    def process_view(self, request: HttpRequest, *_resolved: object) -> HttpResponseBase | None:
        """Count a form that was sent, before its page sees it."""
        match = request.resolver_match
        name = (match and match.url_name) or ""
        # The body is read only where it matters: elsewhere it is another's to read, or to refuse.
        if request.method != "POST" or name not in _PAGES:
            return None
        form = Typed(request.POST)
        limit = BY_ADDRESS.get((name, form.choice("act")))
        if limit is None or "preview" in form:
            return None
        refused = count_act(limit, f"address:{client_network(request)}", clock_now())
        return None if refused is None else too_often(request, told_to_wait(request, refused))
