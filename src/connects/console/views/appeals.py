"""Two people decide on an appeal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.oversight.audit import note_reading
from connects.acts.proposals.appeal import appeal_numbered, decide_appeal, propose_decision
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.console.pages import for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.work import APPEAL_TABLE
from connects.market.moderation.models import Appeal, AppealState
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.statements.words import some_connects
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

LINES = 50


@for_staff(Act.DECIDE_APPEALS)
def all_appeals(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every appeal, decided or not."""
    return list_response(request, staff, APPEAL_TABLE)


@for_staff(Act.DECIDE_APPEALS)
def appeal(request: HttpRequest, staff: User, number: int) -> HttpResponseBase:
    """One appeal with the proposal's events and the wallet's lines."""
    found = appeal_numbered(number)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _act(request, staff, found)
        if not isinstance(answer, Refused):
            messages.success(request, _appeal_text(request, found, answer))
            return redirect("console-appeal", number=number)
        refusal = refusal_text(answer)
    note_reading(staff, Act.DECIDE_APPEALS, f"appeal:{number}", clock_now())
    name = f"proposal:{found.proposal.public_id}"
    since = found.proposal.spend_entry or 1
    context = {
        "appeal": found,
        "lines": [
            record
            for record in journal().records(found.proposal.account_id, since)
            if record.entry.reference == name
        ][:LINES],
        "left": found.proposal.paid - found.proposal.returned,
        "is_open": found.state == AppealState.OPEN,
        "is_proposed": found.state == AppealState.PROPOSED,
        "is_second": found.first_by_id != staff.pk,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/appeal.html", context, status)


_APPEAL_DONE = {
    "grant": mark("Your decision waits for a second person."),
    "refuse": mark("Your decision waits for a second person."),
    "disagree": mark("You disagreed, so the appeal waits for a decision again."),
}


def _appeal_text(request: HttpRequest, before: Appeal, after: Appeal) -> str:
    act, account = Typed(request.POST).choice("act"), before.proposal.account.name
    if act != "agree":
        return _(_APPEAL_DONE[act])
    if after.state != AppealState.GRANTED:
        return _("The appeal is refused: nothing comes back. {account} was told.", account=account)
    left = before.proposal.paid - before.proposal.returned
    return _(
        "{connects} came back to {account}, who was told.",
        connects=some_connects(left),
        account=account,
    )


def _act(request: HttpRequest, staff: User, found: Appeal) -> Appeal | Refused:
    reason = Typed(request.POST).reason()
    match Typed(request.POST).choice("act"):
        case "grant":
            return propose_decision(found, staff, reason, grants=True)
        case "refuse":
            return propose_decision(found, staff, reason, grants=False)
        case "agree":
            return decide_appeal(found, staff, agrees=True)
        case "disagree":
            return decide_appeal(found, staff, agrees=False)
        case _:
            raise Http404
