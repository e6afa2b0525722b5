"""Staff see for whom wrong passwords were tried, and let the owner sign in again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts.unlock import failed_sign_ins, unlock_sign_in
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@for_staff(Act.UNLOCK_SIGN_INS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Wrong passwords of the last hour; the form forgets those of one address."""
    refusal = ""
    if request.method == "POST":
        refusal = _unlocked(request, staff)
        if not refusal:
            email = Typed(request.POST).line("email", 254)
            messages.success(request, _("{email} can sign in again.", email=email))
            return redirect("console-locked")
    context = {"found": failed_sign_ins(clock_now()), "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/locked.html", context, status)


def _unlocked(request: HttpRequest, staff: User) -> str:
    typed = Typed(request.POST)
    email, reason = typed.line("email", 254), typed.reason()
    if not (email and reason):
        return _("Say whose sign-in and why. Nothing was changed.")
    answer = unlock_sign_in(email, staff, reason, clock_now())
    return refusal_text(answer) if isinstance(answer, Refused) else ""
