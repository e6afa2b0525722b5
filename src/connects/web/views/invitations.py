"""Invitations, from both sides, and flags."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.market.jobs.models import Job
from connects.market.jobs.selectors import job_for, own_job
from connects.market.moderation.models import FlagReason
from connects.market.moderation.services import flag
from connects.market.people.selectors import account_named
from connects.market.proposals.invitations import decline_invitation, invitations_of, invite
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told
from connects.web.viewer import (
    Viewer,
    for_clients,
    for_freelancers,
    for_members,
    page,
)
from connects.web.views.posts import show_post

ANSWERED_WITH_REFUSAL = 409


@for_freelancers
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The invitations that an account has got."""
    found = invitations_of(viewer.account, Typed(request.GET).page())
    return page(request, viewer, "web/invitations.html", {"found": found})


@require_POST
@for_freelancers
def decline(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    job = _job_or_404(viewer, public_id)
    if isinstance(decline_invitation(job, viewer.account), Refused):
        raise Http404
    return redirect("invitations")


def _job_or_404(viewer: Viewer, public_id: str) -> Job:
    found = job_for(viewer.user, public_id)
    if found is None:
        raise Http404
    return found


@require_POST
@for_clients
def send(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Invite the account whose name in the address is given."""
    job = own_job(viewer.account, public_id)
    if job is None:
        raise Http404
    account = account_named(Typed(request.POST).handle())
    if account is None:
        answer: object = Refused(
            RefusalCode.INVALID, {"problem": "unknown_account", "field": "account"}
        )
    else:
        answer = invite(job, account, viewer.account)
    if isinstance(answer, Refused):
        return show_post(request, viewer, job, told(request, answer))
    return redirect("post", public_id=public_id)


@for_members
def flag_post(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Flag a post as inappropriate; moderators look at it."""
    job = _job_or_404(viewer, public_id)
    refusal, text, is_sent = "", "", False
    if request.method == "POST":
        text = Typed(request.POST).text("text")
        reason = Typed(request.POST).choice("reason")
        answer = (
            flag(job, viewer.account, FlagReason(reason), text)
            if reason in FlagReason.values
            else Refused(RefusalCode.INVALID, {"problem": "required", "field": "reason"})
        )
        is_sent = not isinstance(answer, Refused)
        refusal = told(request, answer) if isinstance(answer, Refused) else ""
    context = {
        "job": job,
        "reasons": FlagReason.choices,
        "text": text[:500],
        "is_sent": is_sent,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return page(request, viewer, "web/flag.html", context, status=status)
