"""Find work for an account: by what it costs them and by their skills, too."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from connects.market.jobs.models import Job
from connects.market.jobs.selectors import WorkItem, find_work
from connects.market.jobs.work_query import WorkQuery
from connects.market.pages import Page
from connects.market.people.models import Account
from connects.market.profiles.skills import fitting_skills
from connects.market.proposals.costing import costing
from connects.market.proposals.ties import with_ties
from connects.policy.terms import RuleBook


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
