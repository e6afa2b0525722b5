"""A client's own posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.checks.jobs import check_close
from connects.acts.credits.forecast_returns import closing_forecast
from connects.acts.jobs import end, reopen
from connects.acts.jobs import publish as jobs
from connects.acts.jobs.act_on_silence import closes_for_silence
from connects.acts.jobs.publish import standing_proposals
from connects.acts.oversight.count_acts import count_act
from connects.acts.proposals.submit import take_more
from connects.market.jobs.clouds import clouds_of, own_cloud
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import SILENT, CloseReason, Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.jobs.selectors import own_job, posts_of
from connects.market.limits.table import NEWCOMER_FOR, POSTS, POSTS_OF_NEWCOMER
from connects.market.people.models import Account
from connects.market.profiles.client_list import (
    SORTS,
    TABS,
    listed_for_client,
    numbers_of,
    tab_named,
)
from connects.market.profiles.client_needs import needs_of, unread_of
from connects.market.proposals.came_back import went_back_words
from connects.market.proposals.selectors import count_paid_back
from connects.pricing.explained import ExplainedPrice
from connects.statements.checks.work import EndForecast
from connects.statements.refusal_words import refusal_text
from connects.statements.returns_table import opening_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.returns import ReturnCause
from connects.vocabulary.typed_input import Typed
from connects.web.checks import checked
from connects.web.forms.job import JobForm, initial_of
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_clients, render_page
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def _own_or_404(viewer: Viewer, public_id: str) -> Job:
    found = own_job(viewer.account, public_id)
    if found is None:
        raise Http404
    return found


@for_clients
def posts(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The client's home: what needs them, and all their jobs."""
    mine = posts_of(viewer.account, Typed(request.GET).page(), viewer.book)
    context = {
        "mine": mine,
        "unread": unread_of(item.job.pk for item in mine.items),
        "needs": needs_of(viewer.account, viewer.now) if mine.number == 1 else (),
    }
    return render_page(request, viewer, "web/posts.html", context)


@for_clients
def new(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Write a post; `Show the price` says what proposals to it would cost before it is published."""
    again = own_job(viewer.account, Typed(request.GET).line("again"))
    initial = None if again is None else initial_of(again)
    names = [cloud.name for cloud in clouds_of(viewer.account)]
    sent = request.POST if request.method == "POST" else None
    form = JobForm(sent, initial=initial, clouds=names, book=viewer.book)
    explained: ExplainedPrice | None = None
    if request.method == "POST" and form.is_valid():
        fields = form.job_fields()
        if "preview" in Typed(request.POST):
            explained = _preview(form, viewer)
        else:
            cloud = own_cloud(viewer.account, form.cleaned_data.get("cloud", ""))
            answer = _counted(viewer) or jobs.post(fields, viewer.account, cloud)
            if not isinstance(answer, Refused):
                messages.success(request, _("Your job is live."))
                return redirect("post", public_id=answer.public_id)
            form.add_error(None, told_to_wait(request, answer))
    return render_page(
        request, viewer, "web/post_form.html", {"form": form, "explained": explained}
    )


def _counted(viewer: Viewer) -> Refused | None:
    """Count a post that a person sends; who is new has less room."""
    client = viewer.account
    limit = POSTS_OF_NEWCOMER if viewer.now - client.registered < NEWCOMER_FOR else POSTS
    return count_act(limit, f"account:{client.pk}", viewer.now)


def _preview(form: JobForm, viewer: Viewer) -> ExplainedPrice | None:
    answer = jobs.preview(form.job_fields(), viewer.account)
    if isinstance(answer, Refused):
        form.add_error(None, refusal_text(answer))
        return None
    return answer


@for_clients
def edit(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Change a post; proposals that were sent already keep the price that they paid."""
    job = _own_or_404(viewer, public_id)
    sent = request.POST if request.method == "POST" else None
    form = JobForm(sent, initial=initial_of(job), book=viewer.book)
    explained: ExplainedPrice | None = None
    if request.method == "POST" and form.is_valid():
        if "preview" in Typed(request.POST):
            explained = _preview(form, viewer)
        else:
            answer = jobs.edit(job, form.job_fields(), viewer.account)
            if not isinstance(answer, Refused):
                messages.success(request, _edited(job, answer))
                return redirect("post", public_id=job.public_id)
            form.add_error(None, refusal_text(answer))
    return render_page(
        request, viewer, "web/post_form.html", {"form": form, "explained": explained, "job": job}
    )


def _edited(before: Job, after: Job) -> str:
    """What is so after an edit, and how many are told of it."""
    if after.revision == before.revision:
        return _("You changed nothing, so the job is as it was.")
    told = standing_proposals(after).count()
    if not told:
        return _("Your changes are live.")
    return ngettext(
        "Your changes are live. {n} person who proposed is told what changed.",
        "Your changes are live. {n} people who proposed are told what changed.",
        told,
    )


@for_clients
def post(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """One of the client's posts: its price, its proposals, and what can be done with it."""
    job = _own_or_404(viewer, public_id)
    if request.method != "POST":
        return show_post(request, viewer, job)
    acts: dict[str, Callable[[Job, Account], object]] = {
        "reopen": reopen.reopen,
        "take-more": take_more,
    }
    act = Typed(request.POST).choice("act")
    if act not in acts:
        raise Http404
    answer = acts[act](job, viewer.account)
    if isinstance(answer, Refused):
        return show_post(request, viewer, job, refusal_text(answer))
    said = (
        _("“{job}” is open again. All proposals stand, and nobody is charged twice.", job=job.title)
        if act == "reopen"
        else _("“{job}” takes more proposals now.", job=job.title)
    )
    messages.success(request, said)
    return redirect("post", public_id=public_id)


def show_post(
    request: HttpRequest, viewer: Viewer, job: Job, refusal: str = ""
) -> HttpResponseBase:
    """The page of a client's own post, with what was wrong, if anything."""
    asked = Typed(request.GET)
    sort, tab = asked.choice("sort"), tab_named(asked.choice("tab"))
    proposals, numbers = listed_for_client(job, sort, asked.page(), tab.name), numbers_of(job)
    explained = explained_price(job, viewer.book)
    is_open = job.status == JobStatus.OPEN
    until = reopen.reopens_until(job, viewer.book)
    cap = viewer.book.posts.asks_from_proposals if viewer.book.posts else None
    context = {
        "asks": cap is not None and job.proposal_count >= cap and not job.takes_more,
        "came_back": went_back_words(job) if job.status == JobStatus.REMOVED else "",
        "was_silent": job.close_reason == SILENT and not job.owes,
        "reopens_until": until if until is not None and viewer.now <= until else None,
        "returned_so_far": count_paid_back(job) if job.owes else None,
        "job": job,
        "facts": facts_of(job),
        "explained": explained,
        "numbers": numbers,
        "opening": opening_text(explained.book),
        "proposals": proposals,
        "next_unread": next((each.proposal for each in proposals.items if each.is_unread), None),
        "closing": closing_forecast(job, viewer.now) if is_open else None,
        "silence": _silence(job, viewer.now) if is_open else None,
        "unread": numbers.tabs["unread"],
        "tabs": [(each, numbers.tabs[each.name]) for each in TABS],
        "tab": tab,
        "sort": sort,
        "sorts": SORTS.items(),
        "keep": _keep({"tab": tab.name, "sort": sort if sort in SORTS else ""}),
        "reasons": CloseReason.choices,
        "is_open": is_open,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/post.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Silence:
    """When the job is closed if its client does nothing, and what comes back then."""

    day: datetime
    forecast: EndForecast | None


def _silence(job: Job, now: datetime) -> Silence | None:
    day = closes_for_silence(job, now)
    if day is None:
        return None
    return Silence(day, closing_forecast(job, day, ReturnCause.NEVER_CLOSED))


def _keep(asked: dict[str, str]) -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{urlencode(said)}&" if said else ""


@require_POST
@for_clients
def close(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    job = _own_or_404(viewer, public_id)
    reason = Typed(request.POST).choice("reason")
    if reason not in CloseReason.values:
        return show_post(request, viewer, job, _("Choose why you are closing the job."))
    check = check_close(job, viewer.account, CloseReason(reason))
    if isinstance(check, Refused):
        return show_post(request, viewer, job, refusal_text(check))
    back = reverse("post", args=[public_id])
    asked = checked(request, viewer, check, back)
    if asked is not None:
        return asked
    answer = end.close(job, viewer.account, CloseReason(reason))
    if isinstance(answer, Refused):
        return show_post(request, viewer, job, refusal_text(answer))
    messages.success(request, _("“{job}” is closed. {means}.", job=job.title, means=check.means))
    return redirect(back)
