"""The page that is shown before an act of staff: what it would do, with a confirmation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from connects.console.pages import staff_page
from connects.market.people.models import User
from connects.statements.checks.check import Check, asked_first
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL
from connects.vocabulary.typed_input import Typed


def checked(request: HttpRequest, staff: User, check: Check) -> HttpResponse | None:
    """The check to show before the act; None once exactly this was confirmed."""
    asked = asked_first(check, Typed(request.POST))
    if asked is None:
        return None
    context = {"asked": asked, "check": asked.check, "back": request.path}
    status = 200 if asked.is_first else ANSWERED_WITH_REFUSAL
    return staff_page(request, staff, "console/check.html", context, status)
