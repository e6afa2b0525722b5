"""Finding work and proposing."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import price_for
from connects.market.jobs.selectors import WorkQuery, categories, find_work, job_for
from connects.market.proposals import services as proposals
from connects.market.proposals.selectors import own_proposal, proposal_for, proposals_of
from connects.market.rollout.selectors import unread_move
from connects.statements.words import refusal_text
from connects.vocabulary.facts import Level
from connects.vocabulary.refusals import Refused
from connects.web.viewer import (
    Viewer,
    for_anyone,
    for_freelancers,
    for_members,
    page,
    page_asked,
    text_asked,
)

ANSWERED_WITH_REFUSAL = 409


@for_anyone
def find(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Open posts with what a proposal to each costs, and why."""
    query = WorkQuery(
        text=text_asked(request, "q"),
        category=text_asked(request, "category"),
        kind=text_asked(request, "kind"),
        level=text_asked(request, "level"),
        page=page_asked(request),
    )
    work = find_work(query, viewer.book)
    items = [(item, facts_of(item.job)) for item in work.items]
    asked = {"q": query.text, "category": query.category, "kind": query.kind, "level": query.level}
    context = {
        "moved": unread_move(viewer.account, viewer.now) if viewer.holds_wallet else None,
        "query": query,
        "work": work,
        "items": items,
        "categories": categories(),
        "levels": [level.value for level in Level],
        "keep": urlencode({name: value for name, value in asked.items() if value}) + "&",
    }
    return page(request, viewer, "web/find_work.html", context)


def _job_or_404(viewer: Viewer, public_id: str) -> Job:
    found = job_for(viewer.user, public_id)
    if found is None:
        raise Http404
    return found


@for_anyone
def job(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """One post: what it asks for, and its price with every reason."""
    found = _job_or_404(viewer, public_id)
    own = own_proposal(viewer.account, found) if viewer.holds_wallet else None
    context = {
        "job": found,
        "facts": facts_of(found),
        "price": price_for(found, viewer.book),
        "own": own,
        "is_open": found.status == JobStatus.OPEN,
        "is_owner": viewer.is_client and viewer.account.pk == found.client_id,
    }
    return page(request, viewer, "web/job.html", context)


@for_freelancers
def propose(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Before paying: what is charged, from which lots, what is left, what would come back."""
    found = _job_or_404(viewer, public_id)
    letter, refusal = "", ""
    if request.method == "POST":
        letter = request.POST.get("cover_letter", "")
        shown = request.POST.get("max_connects", "")
        form = proposals.ProposalForm(
            key=request.POST.get("key", ""),
            max_connects=int(shown) if shown.isascii() and shown.isdigit() else 0,
            cover_letter=letter,
        )
        answer = proposals.submit(found, viewer.account, form, viewer.user)
        if not isinstance(answer, Refused):
            return redirect("proposal", public_id=answer.public_id)
        refusal = refusal_text(answer)
    quote = proposals.quote(found, viewer.account)
    context = {
        "job": found,
        "quote": None if isinstance(quote, Refused) else quote,
        "own": own_proposal(viewer.account, found),
        "key": uuid4().hex,
        "letter": letter[: proposals.COVER_LETTER_CHARACTERS].replace("\0", ""),
        "refusal": refusal or (refusal_text(quote) if isinstance(quote, Refused) else ""),
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return page(request, viewer, "web/propose.html", context, status=status)


@for_freelancers
def own_proposals(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """An account's proposals: their state, what they cost, what came back."""
    sent = proposals_of(viewer.account, page_asked(request))
    return page(request, viewer, "web/proposals.html", {"sent": sent})


@for_members
def proposal(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """One proposal, for who sent it and for the job's client."""
    found = proposal_for(viewer.user, public_id) if viewer.user else None
    if found is None:
        raise Http404
    return page(request, viewer, "web/proposal.html", {"proposal": found})
