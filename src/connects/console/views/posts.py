"""Staff see every post, decide on its flags, and take it down."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.checks.jobs import check_removal_of_job
from connects.acts.rules.place_newcomer import default_rule_book
from connects.acts.staff.moderate import dismiss_flags, reopen_flags, uphold_flags
from connects.bootstrap.clock import now as clock_now
from connects.console.checks import checked
from connects.console.pages import for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.work import JOB_TABLE, PROPOSAL_TABLE
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.jobs.selectors import job_for
from connects.market.moderation.models import FlagState
from connects.market.moderation.selectors import Evidence, evidence_of, open_flags_of
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.trust.selectors import who_did
from connects.statements.checks.check import went_back
from connects.statements.checks.undo import Undo
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


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


def _decide(request: HttpRequest, staff: User, job: Job) -> HttpResponse | str:
    """Do what the form says, or show what it would do; what is wrong with it, if anything."""
    typed = Typed(request.POST)
    act, reason = typed.choice("act"), typed.reason()
    said = _("The flags wait for a decision again.")
    if act == "reopen-flags":
        decided = reopen_flags(job, staff)
    elif not reason:
        return _("Say why. Nothing was changed.")
    elif act == "dismiss":
        said = ngettext(
            "{n} flag dismissed. “{job}” stays as it is.",
            "{n} flags dismissed. “{job}” stays as it is.",
            open_flags_of(job),
            job=job.title,
        )
        decided = dismiss_flags(job, staff, reason)
    else:
        check = check_removal_of_job(job, staff)
        if isinstance(check, Refused):
            return refusal_text(check)
        asked = checked(request, staff, check)
        if asked is not None:
            return asked
        said = _("“{job}” is removed. {means}.", job=job.title, means=check.means)
        decided = uphold_flags(job, staff, reason)
    if isinstance(decided, Refused):
        return refusal_text(decided)
    undo = Undo(request.path, {"act": "reopen-flags"}).tag if act == "dismiss" else ""
    messages.success(request, said, extra_tags=undo)
    return redirect("console-post", public_id=job.public_id)


@dataclass(frozen=True, slots=True)
class Removal:
    """Who removed a job, "" for the marketplace itself, and what went back."""

    by: str
    went_back: str


def _removal(job: Job, evidence: Evidence) -> Removal:
    by = who_did("remove-job", f"job:{job.public_id}")
    return Removal(by, went_back(evidence.came_back, evidence.given_back))


@for_staff(Act.READ_JOBS)
def post(request: HttpRequest, staff: User, public_id: str) -> HttpResponseBase:
    """One post with the evidence; its forms dismiss its flags, or remove it and give everything back."""
    job = _job_or_404(staff, public_id)
    refusal = ""
    if request.method == "POST":
        answer = _decide(request, staff, job)
        if isinstance(answer, HttpResponse):
            return answer
        refusal = answer
    evidence = evidence_of(job, clock_now())
    context = {
        "job": job,
        "facts": facts_of(job),
        "explained": explained_price(job, default_rule_book(clock_now())),
        "evidence": evidence,
        "to_decide": any(view.flag.state == FlagState.OPEN for view in evidence.flags),
        "removal": _removal(job, evidence) if job.status == JobStatus.REMOVED else None,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/post.html", context, status)
