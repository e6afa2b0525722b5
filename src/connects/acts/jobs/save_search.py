"""Searches that an account keeps."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job, SavedSearch
from connects.market.jobs.selectors import WorkItem, find_work
from connects.market.jobs.work_query import WorkQuery
from connects.market.pages import Page
from connects.market.people.models import Account
from connects.market.profiles.skills import fitting_skills
from connects.market.proposals.costing import costing
from connects.market.proposals.ties import with_ties
from connects.policy.terms import RuleBook
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import text_refused

SEARCHES_MOST = 20
QUERY_CHARACTERS = 400
NAME_CHARACTERS = 80


def save_search(account: Account, name: str, query: str) -> SavedSearch | Refused:
    """Keep a search; the same one again is the same. Refused with `invalid`."""
    wrong = text_refused("search", query, QUERY_CHARACTERS, required=True)
    if wrong is not None:
        return wrong
    kept = SavedSearch.objects.filter(account=account)
    if not kept.filter(query=query).exists() and kept.count() >= SEARCHES_MOST:
        return invalid(Problem.TOO_MANY, field="searches")
    found, _ = SavedSearch.objects.get_or_create(
        account=account,
        query=query,
        defaults={"name": name[:NAME_CHARACTERS] or query[:NAME_CHARACTERS], "saved": clock_now()},
    )
    return found


def forget_search(account: Account, number: int) -> None:
    """Keep it no longer."""
    SavedSearch.objects.filter(account=account, pk=number).delete()


def saved_searches(account: Account) -> list[SavedSearch]:
    """The searches that an account keeps, by name."""
    return list(SavedSearch.objects.filter(account=account).order_by("name", "id"))


def own_search(account: Account, number: int) -> SavedSearch | None:
    """The account's own saved search of that number."""
    return SavedSearch.objects.filter(account=account, pk=number).first()


def work_found(
    query: WorkQuery,
    book: RuleBook,
    account: Account | None,
    now: datetime,
    posted: tuple[datetime, datetime] | None = None,
    *,
    sent: int | None = None,
) -> Page[WorkItem]:
    """What a search finds for an account; of the posts published between two instants, or of all.

    `sent` is how many of its proposals count, where that is known.
    """

    def narrow(jobs: QuerySet[Job]) -> QuerySet[Job]:
        jobs = fitting_skills(costing(jobs, query, book, account, sent), query, account)
        if posted is not None:
            return jobs.filter(posted__gt=posted[0], posted__lte=posted[1])
        return jobs if account is None else with_ties(jobs, account)

    return find_work(query, book, account, now=now, narrow=narrow)
