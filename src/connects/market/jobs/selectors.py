"""Finding posts, by who may see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from connects.market.compiled import Compiled
from connects.market.external_ids import by_name, called
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import prices_for
from connects.market.jobs.ranking import open_ranked
from connects.market.jobs.search import with_words
from connects.market.jobs.work_query import WorkQuery, matching
from connects.market.pages import PAGE_SIZE, Page, page_of
from connects.market.people.models import Account, Membership, User
from connects.market.people.permissions import Act, may
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price

CATEGORIES_FROM = 1_000
CATEGORIES_SECONDS = 300

SORTS = {
    "newest": ("-posted", "-id"),
    "fewest": ("standing", "-id"),
    "budget": ("-budget_cents", "-id"),
}
"""How posts can be sorted: the newest, those with the fewest proposals, the highest budget first."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A post in a list, with its price for the viewer.

    `alike` is how often its client has it open under the same title, 0 where that was not asked.
    """

    job: Job
    price: Price
    alike: int = 0


def find_work(
    query: WorkQuery,
    book: RuleBook,
    viewer: Account | None = None,
    *,
    now: datetime,
    narrow: Callable[[QuerySet[Job]], QuerySet[Job]] | None = None,
) -> Page[WorkItem]:
    """Open posts that the viewer may see, priced under their rule book; `narrow` narrows them more."""
    jobs = _open_work(query, viewer, now)
    if narrow is not None:
        jobs = narrow(jobs)
    if query.sort == "budget":
        jobs = jobs.filter(budget_cents__isnull=False)
    jobs = jobs.annotate(alike=_open_alike())
    if query.sort == "fewest":
        jobs = open_ranked(jobs)
    return _priced(jobs.order_by(*SORTS.get(query.sort, SORTS["newest"])), query.page, book)


def newest_work(
    query: WorkQuery, viewer: Account, before: int | None, most: int, now: datetime
) -> list[Job]:
    """Open posts that the viewer may see, newest first: those before the post of that number."""
    jobs = _open_work(query, viewer, now)
    last = None if before is None else Job.objects.filter(pk=before).first()
    if last is not None:
        jobs = jobs.filter(Q(posted__lt=last.posted) | Q(posted=last.posted, pk__lt=last.pk))
    return list(jobs.order_by(*SORTS["newest"])[:most])


def jobs_seen_by(account: Account, names: Sequence[str]) -> dict[str, Job]:
    """The jobs called so that an account may see, with their clients, by that name; with one query."""
    seen = (~Q(status=JobStatus.REMOVED) & _open_to(account)) | Q(client=account)
    rows = Job.objects.filter(seen).select_related("client")
    return by_name(called(rows, names, "public_id"), "public_id")


def _open_alike() -> Subquery:
    """How many open posts of one title a post's client has; counted for the posts of the page alone."""
    alike = Job.objects.filter(
        client=OuterRef("client"), title=OuterRef("title"), status=JobStatus.OPEN
    )
    counted = alike.order_by().values("client").annotate(times=Count("pk")).values("times")
    return Subquery(counted)


def _open_work(query: WorkQuery, viewer: Account | None, now: datetime) -> QuerySet[Job]:
    """Open posts that the viewer may see and that the filter lets through, with their clients."""
    jobs = Job.objects.filter(_open_to(viewer), status=JobStatus.OPEN).select_related("client")
    return matching(with_words(jobs, query.text), query, now)


def _open_to(viewer: Account | None) -> Q:
    """Private clouds' jobs are for their members alone."""
    if viewer is None:
        return Q(cloud=None)
    return Q(cloud=None) | Q(cloud__in=viewer.member_of_clouds.values("pk"))


def posts_of(client: Account, number: int, book: RuleBook) -> Page[WorkItem]:
    """A client's own posts, newest first."""
    return _priced(Job.objects.filter(client=client).order_by("-posted", "-id"), number, book)


def _priced(jobs: QuerySet[Job], number: int, book: RuleBook) -> Page[WorkItem]:
    page = page_of(jobs, number, PAGE_SIZE)
    prices = prices_for(page.items, book)
    items = tuple(
        WorkItem(job, prices[job.pk], getattr(job, "alike", 0) or 0) for job in page.items
    )
    return Page(items, page.number, page.pages, page.total, page.is_counted_out)


def categories() -> list[str]:
    """The categories of the newest open posts, in alphabetical order, as they were minutes ago."""
    known: list[str] | None = cache.get("job-categories")
    if known is None:
        known = _categories()
        cache.set("job-categories", known, CATEGORIES_SECONDS)
    return known


def _categories() -> list[str]:
    newest = Job.objects.filter(status=JobStatus.OPEN).order_by("-posted", "-id")
    named = set(newest.values_list("category", flat=True)[:CATEGORIES_FROM])
    return sorted(named - {""})


def job_for(user: User | None, public_id: str) -> Job | None:
    """The post of that name, if the caller may see it.

    Anyone sees open and closed posts; a removed one is seen by its client and by staff only, and one
    of a private cloud by the cloud's members, too.
    """
    job = Job.objects.select_related("client").filter(public_id=public_id).first()
    if job is None or (job.status != JobStatus.REMOVED and job.cloud_id is None):
        return job
    if user is None:
        return None
    is_member = job.cloud_id is not None and Membership.objects.filter(
        user=user, account__member_of_clouds=job.cloud_id
    )
    if is_member and job.status != JobStatus.REMOVED:
        return job
    return job if may(user, Act.READ_JOBS) or owns(user, job) else None


def owns(user: User, job: Job) -> bool:
    """Whether a person acts for the post's client."""
    return Membership.objects.filter(user=user, account_id=job.client_id).exists()


def own_job(client: Account, public_id: str) -> Job | None:
    """The client's own post of that name."""
    return Job.objects.filter(client=client, public_id=public_id).first()


def jobs_called(names: Sequence[str]) -> dict[str, Job]:
    """The jobs that a host calls so, by that name, with one query; their clients are not read."""
    return by_name(_CALLED.rows(*names), "public_id")


_CALLED = Compiled[Job](lambda names: called(Job.objects.all(), names, "public_id"))


def jobs_called_with_clients(names: Sequence[str]) -> dict[str, Job]:
    """The same, with their clients."""
    return by_name(called(Job.objects.select_related("client"), names, "public_id"), "public_id")
