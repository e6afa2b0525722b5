"""Finding work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Alert
from connects.market.jobs.searches import saved_searches
from connects.market.jobs.selectors import WorkItem, categories
from connects.market.jobs.told_records import record_when_posted
from connects.market.jobs.work_query import ASKED, WorkQuery, work_query
from connects.market.pages import Page
from connects.market.people.models import Account
from connects.market.profiles.found_work import work_found
from connects.market.profiles.skills import asked_skills
from connects.market.proposals.own_prices import own_prices, proposals_sent
from connects.market.rollout.selectors import unread_move
from connects.policy.terms import RuleBook
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.facts import Level
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import (
    Viewer,
    for_anyone,
    render_page,
)

NO_WORK: Page[WorkItem] = Page((), 1, 1, 0)


@for_anyone
def find(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Open posts with what a proposal to each costs, and why."""
    typed = Typed(request.GET)
    read = work_query(typed, viewer.book.currency)
    refused = read if isinstance(read, Refused) else None
    query = WorkQuery() if isinstance(read, Refused) else read
    account = viewer.account if viewer.holds_wallet else None
    # What a newcomer has sent decides on prices twice: in the filter, and in the list.
    sent = 0 if refused or account is None else proposals_sent(account.pk, viewer.book)
    work = NO_WORK if refused else work_found(query, viewer.book, account, viewer.now, sent=sent)
    if account is not None:
        work = replace(work, items=_for_me(work.items, account, viewer.book, sent))
    items = [
        (
            item,
            facts_of(item.job),
            record_when_posted(item.job),
            asked_skills(item.job.skills, viewer.skills),
        )
        for item in work.items
    ]
    asked = {name: typed.line(name) for name in ASKED}
    keep = urlencode({name: value for name, value in asked.items() if value})
    searches = saved_searches(viewer.account) if viewer.holds_wallet else ()
    context = {
        "searches": searches,
        "saved_shown": next((search.pk for search in searches if search.query == keep), None),
        "moved": unread_move(viewer.account, viewer.now) if viewer.holds_wallet else None,
        "query": query,
        "asked": asked,
        "more": any(asked[name] for name in ASKED[5:]),
        "work": work,
        "items": items,
        "alerts": Alert.choices,
        "categories": categories(),
        "levels": [level.value for level in Level],
        "keep": f"{keep}&",
        "refusal": refusal_text(refused) if refused else "",
    }
    status = ANSWERED_WITH_REFUSAL if refused else 200
    return render_page(request, viewer, "web/find_work.html", context, status=status)


def _for_me(
    items: Sequence[WorkItem], account: Account, book: RuleBook, sent: int
) -> tuple[WorkItem, ...]:
    """The same jobs with what each costs this account, which has sent so many proposals."""
    jobs = [item.job for item in items]
    mine = own_prices(jobs, account, book, {item.job.pk: item.price for item in items}, sent)
    return tuple(replace(item, price=mine[item.job.pk]) for item in items)
