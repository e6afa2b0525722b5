"""The page that is shown before an act: what it would do, with a confirmation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from connects.statements.checks.check import Asked, Check, asked_first
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, render_page


def checked(
    request: HttpRequest, viewer: Viewer, check: Check, back: str = ""
) -> HttpResponse | None:
    """The check to show before the act; None once exactly this was confirmed.

    `back` is the page to return to without having done anything; "" for this one.
    """
    asked = asked_first(check, Typed(request.POST))
    if asked is None:
        return None
    return render_page(
        request, viewer, "web/check.html", context_of(asked, back or request.path), status_of(asked)
    )


def context_of(asked: Asked, back: str) -> dict[str, object]:
    """What the page shows."""
    return {"asked": asked, "check": asked.check, "back": back}


def status_of(asked: Asked) -> int:
    """A check that was confirmed with other numbers, or without its box, is a refusal."""
    return 200 if asked.is_first else ANSWERED_WITH_REFUSAL
