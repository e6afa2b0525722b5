"""Staff see corrections of members' Connects, and a second one agrees to what the first proposed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.staff.correction_kinds import KINDS
from connects.acts.staff.decide_correction import agree_to_correction, decline_correction
from connects.console.account_acts import not_fitting
from connects.console.pages import for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.people import CORRECTION_TABLE
from connects.market.corrections.models import Correction, CorrectionKind, CorrectionState
from connects.market.corrections.selectors import (
    correction_numbered,
    proposals_to_decide,
)
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@for_staff(Act.READ_CORRECTIONS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """What waits for a second person, and what was decided."""
    context = {"waiting": proposals_to_decide()}
    return list_response(request, staff, CORRECTION_TABLE, "console/corrections.html", context)


@for_staff(Act.READ_CORRECTIONS)
def correction(request: HttpRequest, staff: User, number: int) -> HttpResponseBase:
    """One correction; its forms agree to it, decline it, or take it back."""
    found = correction_numbered(number)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _act(request, staff, found)
        if not isinstance(answer, Refused):
            messages.success(
                request,
                _("The correction is made, and {account} was told.", account=found.account.name)
                if answer.state == CorrectionState.DONE
                else _("The correction is declined. Nothing was changed."),
            )
            return redirect("console-correction", number=number)
        refusal = refusal_text(answer)
        found = correction_numbered(number)
        assert found is not None
    is_waiting = found.state == CorrectionState.PROPOSED
    context = {
        "correction": found,
        "is_waiting": is_waiting,
        "not_fitting": not_fitting(found),
        "is_done": found.state == CorrectionState.DONE,
        "may_decide": is_waiting and may(staff, KINDS[CorrectionKind(found.kind)].act),
        "is_own": found.by_id == staff.pk,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/correction.html", context, status)


def _act(request: HttpRequest, staff: User, found: Correction) -> Correction | Refused:
    typed = Typed(request.POST)
    match typed.choice("act"):
        case "agree":
            return agree_to_correction(found, staff)
        case "decline":
            return decline_correction(found, staff, typed.reason())
        case _:
            raise Http404
