"""Finding work and proposing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts.team import team_of
from connects.acts.jobs.save_search import saved_searches
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.quote import quote as quote_proposal
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.jobs.records import NOBODY, records_of
from connects.market.jobs.selectors import WorkItem, WorkQuery, categories, find_work, job_for
from connects.market.people.models import Account
from connects.market.proposals.own_prices import own_prices
from connects.market.proposals.selectors import own_proposal
from connects.market.rollout.selectors import unread_move
from connects.policy.terms import RuleBook
from connects.statements.refusal_words import refusal_text
from connects.statements.returns_table import returns_table
from connects.vocabulary.facts import Level
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import (
    Viewer,
    for_anyone,
    for_freelancers,
    render_page,
)

CONNECTS_MOST = 999_999


@for_anyone
def find(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Open posts with what a proposal to each costs, and why."""
    query = WorkQuery(
        text=Typed(request.GET).line("q"),
        category=Typed(request.GET).line("category"),
        kind=Typed(request.GET).line("kind"),
        level=Typed(request.GET).line("level"),
        sort=Typed(request.GET).line("sort") or "newest",
        page=Typed(request.GET).page(),
    )
    account = viewer.account if viewer.holds_wallet else None
    work = find_work(query, viewer.book, account)
    if account is not None:
        work = replace(work, items=_for_me(work.items, account, viewer.book))
    records = records_of((item.job.client_id for item in work.items), viewer.now)
    items = [
        (item, facts_of(item.job), records.get(item.job.client_id, NOBODY)) for item in work.items
    ]
    asked = {
        "q": query.text,
        "category": query.category,
        "kind": query.kind,
        "level": query.level,
        "sort": query.sort,
    }
    context = {
        "searches": saved_searches(viewer.account) if viewer.holds_wallet else (),
        "moved": unread_move(viewer.account, viewer.now) if viewer.holds_wallet else None,
        "query": query,
        "work": work,
        "items": items,
        "categories": categories(),
        "levels": [level.value for level in Level],
        "keep": urlencode({name: value for name, value in asked.items() if value}) + "&",
    }
    return render_page(request, viewer, "web/find_work.html", context)


def _for_me(items: Sequence[WorkItem], account: Account, book: RuleBook) -> tuple[WorkItem, ...]:
    """The same jobs with what each costs this account."""
    jobs = [item.job for item in items]
    mine = own_prices(jobs, account, book, {item.job.pk: item.price for item in items})
    return tuple(replace(item, price=mine[item.job.pk]) for item in items)


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
    shown = explained_price(found, viewer.book)
    price = shown.price
    if viewer.holds_wallet and own is None:
        price = own_prices([found], viewer.account, viewer.book, {found.pk: price})[found.pk]
    context = {
        "job": found,
        "facts": facts_of(found),
        "explained": shown,
        "price": price,
        "record": records_of([found.client_id], viewer.now).get(found.client_id, NOBODY),
        "own": own,
        "card_price": shown.price.connects,
        "is_open": found.status == JobStatus.OPEN,
        "is_owner": viewer.is_client and viewer.account.pk == found.client_id,
        "is_own": any(each.account.pk == found.client_id for each in viewer.accounts),
        "returns": returns_table(viewer.book, price.connects),
    }
    return render_page(request, viewer, "web/job.html", context)


@for_freelancers
def propose(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Before paying: what is charged, from which lots, what is left, what would come back."""
    found = _job_or_404(viewer, public_id)
    letter, refusal = "", ""
    if request.method == "POST":
        sender, agency = _sender(viewer)
        typed = Typed(request.POST)
        letter = typed.text("cover_letter")
        shown = typed.whole_number("max_connects", most=CONNECTS_MOST)
        form = proposals.ProposalForm(
            key=typed.key(),
            max_connects=0 if isinstance(shown, Refused) else shown,
            cover_letter=letter,
        )
        answer = proposals.submit(found, sender, replace(form, agency=agency), viewer.user)
        if not isinstance(answer, Refused):
            messages.success(request, _sent_text(found, answer.paid))
            return redirect("proposal", public_id=answer.public_id)
        refusal = refusal_text(answer)
    quote = quote_proposal(found, viewer.account)
    context = {
        "returns": None
        if isinstance(quote, Refused)
        else returns_table(viewer.book, quote.payment.charged),
        "job": found,
        "quote": None if isinstance(quote, Refused) else quote,
        "own": own_proposal(viewer.account, found),
        "record": records_of([found.client_id], viewer.now).get(found.client_id, NOBODY),
        "key": uuid4().hex,
        "letter": letter[: proposals.COVER_LETTER_CHARACTERS],
        "refusal": refusal or (refusal_text(quote) if isinstance(quote, Refused) else ""),
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/propose.html", context, status=status)


def _sent_text(job: Job, paid: int) -> str:
    cost = f"You paid {paid} Connect{'' if paid == 1 else 's'}." if paid else "It was free."
    return f"Sent to {job.client.name}. {cost}"


def _sender(viewer: Viewer) -> tuple[Account, Account | None]:
    """Who proposes, and for which agency: a member of a team proposes for it by their own account."""
    if viewer.account.kind != AccountKind.AGENCY:
        return viewer.account, None
    own = [acting.account for acting in viewer.accounts]
    member = next((row.account for row in team_of(viewer.account) if row.account in own), None)
    return (viewer.account, None) if member is None else (member, viewer.account)
