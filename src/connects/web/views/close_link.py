"""Closing a job from an e-mail: the page behind the signed link asks, and then closes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from connects.acts.checks.jobs import check_close
from connects.acts.jobs import end
from connects.market.jobs.close_links import LinkProblem, job_of, link_in, problem_of
from connects.market.jobs.models import CloseReason, Job
from connects.statements.checks.check import Asked, Check, Why, asked_first
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.checks import context_of, status_of
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

WORDS = {
    LinkProblem.BROKEN: (
        mark("This link is not whole"),
        mark("Open it once more from the e-mail, or sign in and close the job on its page."),
    ),
    LinkProblem.EXPIRED: (
        mark("This link is too old"),
        mark("Links in e-mails work for 30 days. Sign in and close the job on its page."),
    ),
    LinkProblem.OTHER_PERSON: (
        mark("This link is for somebody else"),
        mark(
            "You are signed in as someone who does not act for the job's client. Sign out first, or"
            " hand the e-mail on to them."
        ),
    ),
    LinkProblem.CLOSED_ALREADY: (
        mark("This job is closed already"),
        mark(
            "It was closed before, and what comes back has gone back. There is nothing more to do."
        ),
    ),
    LinkProblem.ENDED: (
        mark("This job has ended"),
        mark("It is no longer open, so there is nothing to close."),
    ),
    LinkProblem.CHANGED: (
        mark("This job has changed since the e-mail"),
        mark(
            "You edited it after we wrote to you, so the link no longer fits. Sign in and close the job"
            " on its page."
        ),
    ),
}
"""What a link that does nothing says, and what to do; nothing has happened."""


@never_cache
@for_anyone
def close_link(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponseBase:
    """Show what closing the job gives back; the form closes it."""
    link = link_in(token)
    job = None if isinstance(link, LinkProblem) else job_of(link)
    if isinstance(link, LinkProblem) or job is None:
        return _does_nothing(request, viewer, LinkProblem.BROKEN)
    accounts = {each.account.pk for each in viewer.accounts} if viewer.user else None
    problem = problem_of(link, job, accounts, viewer.now)
    if problem is not None:
        return _does_nothing(request, viewer, problem, job)
    check = check_close(job, job.client, CloseReason.NOT_HIRING)
    if isinstance(check, Refused):
        return _refused(request, viewer, check)
    if request.method != "POST":
        return _ask(request, viewer, Asked(check, Why.FIRST, ()))
    asked = asked_first(check, Typed(request.POST))
    return _ask(request, viewer, asked) if asked else _close(request, viewer, job, check)


def _ask(request: HttpRequest, viewer: Viewer, asked: Asked) -> HttpResponse:
    return render_page(request, viewer, "web/check.html", context_of(asked, "/"), status_of(asked))


def _close(request: HttpRequest, viewer: Viewer, job: Job, check: Check) -> HttpResponse:
    answer = end.close(job, job.client, CloseReason.NOT_HIRING)
    if isinstance(answer, Refused):
        return _refused(request, viewer, answer)
    messages.success(request, _("“{job}” is closed. {means}.", job=job.title, means=check.means))
    return redirect("home")


def _refused(request: HttpRequest, viewer: Viewer, refused: Refused) -> HttpResponse:
    context = {"title": _("The job cannot be closed by this link"), "words": refusal_text(refused)}
    return render_page(request, viewer, "web/close_link.html", context, ANSWERED_WITH_REFUSAL)


def _does_nothing(
    request: HttpRequest, viewer: Viewer, problem: LinkProblem, job: Job | None = None
) -> HttpResponse:
    title, words = WORDS[problem]
    context = {"title": _(title), "words": _(words), "job": job}
    return render_page(request, viewer, "web/close_link.html", context, ANSWERED_WITH_REFUSAL)
