"""Staff see every post, decide on its flags, and take it down."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.rules.place_newcomer import default_rule_book
from connects.acts.staff.moderate import dismiss_flags, uphold_flags
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.work import JOB_TABLE, PROPOSAL_TABLE
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.jobs.selectors import job_for
from connects.market.moderation.models import FlagState
from connects.market.moderation.selectors import Evidence, evidence_of
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed


@for_staff(Act.READ_JOBS)
def posts(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every job, private and removed ones too."""
    return list_response(request, staff, JOB_TABLE)


@for_staff(Act.READ_PROPOSALS)
def proposals(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every proposal."""
    return list_response(request, staff, PROPOSAL_TABLE)


def _job_or_404(staff: User, public_id: str) -> Job:
    found = job_for(staff, public_id)
    if found is None:
        raise Http404
    return found


def _decided(job: Job, evidence: Evidence) -> str:
    """What a decision has done, with its numbers."""
    flags = sum(view.flag.state == FlagState.OPEN for view in evidence.flags)
    if job.status != JobStatus.REMOVED:
        return f"{flags} flag{'' if flags == 1 else 's'} dismissed. “{job.title}” stays as it is."
    return (
        f"“{job.title}” is removed. {evidence.at_stake} Connects go back for"
        f" {evidence.proposals} proposal{'' if evidence.proposals == 1 else 's'}."
    )


@for_staff(Act.READ_JOBS)
def post(request: HttpRequest, staff: User, public_id: str) -> HttpResponseBase:
    """One post with the evidence; its forms dismiss its flags, or remove it and give everything back."""
    job = _job_or_404(staff, public_id)
    refusal = ""
    if request.method == "POST":
        reason = Typed(request.POST).reason()
        if reason:
            decision = (
                dismiss_flags if Typed(request.POST).choice("act") == "dismiss" else uphold_flags
            )
            evidence = evidence_of(job, clock_now())
            answer = decision(job, staff, reason)
            if not isinstance(answer, Refused):
                messages.success(request, _decided(answer, evidence))
                return redirect("console-post", public_id=public_id)
            refusal = refusal_text(answer)
        else:
            refusal = "Say why. Nothing was changed."
    evidence = evidence_of(job, clock_now())
    context = {
        "job": job,
        "facts": facts_of(job),
        "explained": explained_price(job, default_rule_book(clock_now())),
        "evidence": evidence,
        "to_decide": any(view.flag.state == FlagState.OPEN for view in evidence.flags),
        "removable": job.status != JobStatus.REMOVED,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/post.html", context, status)
