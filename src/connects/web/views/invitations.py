"""Invitations, from both sides, and flags."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.acts.accounts.invite_to_team import answer_team_invitation, team_invitations_to
from connects.acts.jobs.flag import flag_job
from connects.acts.proposals.invite import decline_invitation, invitations_of
from connects.market.jobs.models import Job
from connects.market.jobs.selectors import job_for
from connects.market.moderation.models import FlagReason
from connects.market.pages import Page
from connects.market.people.selectors import account_named
from connects.market.proposals.models import Invitation
from connects.market.proposals.own_prices import own_prices
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused, invalid
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import (
    Viewer,
    for_freelancers,
    for_members,
    render_page,
)
from connects.wording.messages import gettext as _


@for_freelancers
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The invitations that an account has got."""
    found = invitations_of(viewer.account, Typed(request.GET).page())
    return _shown(request, viewer, found)


def _shown(
    request: HttpRequest, viewer: Viewer, found: Page[Invitation], refusal: str = ""
) -> HttpResponseBase:
    teams = team_invitations_to(viewer.account, viewer.now)
    jobs = [each.job for each in found.items]
    prices = own_prices(jobs, viewer.account, viewer.book)
    context = {"found": found, "teams": teams, "prices": prices, "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/invitations.html", context, status=status)


@require_POST
@for_freelancers
def answer_team(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Accept an invitation into a team, or decline it."""
    typed = Typed(request.POST)
    agency, act = account_named(typed.handle()), typed.choice("act")
    if agency is None or act not in ("accept", "decline"):
        raise Http404
    answer = answer_team_invitation(agency, viewer.account, accepts=act == "accept")
    if isinstance(answer, Refused):
        return _shown(
            request, viewer, invitations_of(viewer.account, 1), told_to_wait(request, answer)
        )
    messages.success(
        request,
        _("You are in the team of {agency}. Switch to it in the header.", agency=agency.name)
        if act == "accept"
        else _("You declined to join {agency}.", agency=agency.name),
    )
    return redirect("invitations")


@require_POST
@for_freelancers
def decline(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    job = _job_or_404(viewer, public_id)
    if isinstance(decline_invitation(job, viewer.account), Refused):
        raise Http404
    messages.success(request, _("You declined the invitation to “{job}”.", job=job.title))
    return redirect("invitations")


def _job_or_404(viewer: Viewer, public_id: str) -> Job:
    found = job_for(viewer.user, public_id)
    if found is None:
        raise Http404
    return found


@for_members
def flag_post(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Flag a post as inappropriate; moderators look at it."""
    job = _job_or_404(viewer, public_id)
    refusal, text, is_sent = "", "", False
    if request.method == "POST":
        text = Typed(request.POST).text("text")
        reason = Typed(request.POST).choice("reason")
        answer = (
            flag_job(job, viewer.account, FlagReason(reason), text)
            if reason in FlagReason.values
            else invalid(Problem.REQUIRED, field="reason")
        )
        is_sent = not isinstance(answer, Refused)
        refusal = told_to_wait(request, answer) if isinstance(answer, Refused) else ""
    context = {
        "job": job,
        "reasons": FlagReason.choices,
        "text": text[:500],
        "is_sent": is_sent,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/flag.html", context, status=status)
