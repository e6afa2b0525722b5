"""Finding posts, by who may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import prices_for
from connects.market.pages import PAGE_SIZE, Page, page_of
from connects.market.people.models import Account, Membership, User
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price

SEARCH_WORDS_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuery:
    """What a freelancer looks for; an empty text is no condition."""

    text: str = ""
    category: str = ""
    kind: str = ""
    level: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A post in a list, with its price for whoever looks."""

    job: Job
    price: Price


def find_work(query: WorkQuery, book: RuleBook) -> Page[WorkItem]:
    """Open posts, newest first, priced under the viewer's rule book."""
    jobs = Job.objects.filter(status=JobStatus.OPEN).select_related("client")
    for word in query.text.split()[:SEARCH_WORDS_MOST]:
        jobs = jobs.filter(Q(title__icontains=word) | Q(description__icontains=word))
    for column in ("category", "kind", "level"):
        wanted = getattr(query, column)
        jobs = jobs.filter(**{column: wanted}) if wanted else jobs
    return _priced(jobs.order_by("-posted", "-id"), query.page, book)


def posts_of(client: Account, number: int, book: RuleBook) -> Page[WorkItem]:
    """A client's own posts, newest first."""
    return _priced(Job.objects.filter(client=client).order_by("-posted", "-id"), number, book)


def all_posts(number: int, book: RuleBook, text: str = "") -> Page[WorkItem]:
    """Every post, for staff."""
    jobs = Job.objects.select_related("client").order_by("-posted", "-id")
    return _priced(jobs.filter(title__icontains=text) if text else jobs, number, book)


def _priced(jobs: QuerySet[Job], number: int, book: RuleBook) -> Page[WorkItem]:
    page = page_of(jobs, number, PAGE_SIZE)
    prices = prices_for(page.items, book)
    items = tuple(WorkItem(job, prices[job.pk]) for job in page.items)
    return Page(items, page.number, page.pages, page.total)


def categories() -> list[str]:
    """The categories of open posts, in alphabetical order."""
    named = Job.objects.filter(status=JobStatus.OPEN).exclude(category="")
    return list(named.order_by("category").values_list("category", flat=True).distinct())


def job_for(user: User | None, public_id: str) -> Job | None:
    """The post of that name, if the caller may see it.

    Anyone sees open and closed posts; a removed one is seen by its client and by staff only.
    """
    job = Job.objects.select_related("client").filter(public_id=public_id).first()
    if job is None or job.status != JobStatus.REMOVED:
        return job
    return job if user is not None and (user.staff_role or owns(user, job)) else None


def owns(user: User, job: Job) -> bool:
    """Whether a person acts for the post's client."""
    return Membership.objects.filter(user=user, account_id=job.client_id).exists()


def own_job(client: Account, public_id: str) -> Job | None:
    """The client's own post of that name."""
    return Job.objects.filter(client=client, public_id=public_id).first()
