"""Jobs that a member may see, for the member's own programs: finding them, and what they would cost."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from connects.api.callers import Call
from connects.api.cursors import Cursor, cursor_for, place_in
from connects.api.me.caller import holder_of_wallet
from connects.api.named import HostId, Named, checked_id, id_of, unknown
from connects.api.price_shapes import ExplainedPrice, Span
from connects.api.problems import OWN_ANSWERS
from connects.api.quotes import JOBS_MOST, QuotesDocument, quotes_of
from connects.api.token_holders import readers
from connects.market.jobs.fields import CATEGORY_CHARACTERS
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price, prices_for
from connects.market.jobs.selectors import jobs_seen_by, newest_work
from connects.market.jobs.work_query import WorkQuery
from connects.market.keys.scopes import KeyScope
from connects.market.people.models import Account
from connects.statements.price_document import price_document
from connects.vocabulary.amounts import Connects
from connects.vocabulary.facts import JobKind, Level
from connects.vocabulary.typed_input import line

router = Router(tags=["me"])
QUOTES = readers(KeyScope.QUOTE)

WORDS_CHARACTERS = 200
PAGE_MOST = 100


class FoundJob(Schema):
    """A job, and what a proposal to it costs by the card, before what is off for you alone."""

    id: str
    client: str
    client_name: str
    title: str
    kind: JobKind
    category: str
    budget_cents: int | None
    hourly_min_cents: int | None
    hourly_max_cents: int | None
    duration_days: Span | None
    hours_per_week: Span | None
    level: Level | None
    skills: list[str]
    status: JobStatus
    posted: datetime
    proposals: int
    connects: int


class FoundJobs(Schema):
    items: list[FoundJob]
    next: str | None


class SeenJob(FoundJob):
    """A job with its whole text, and all that its price rests on."""

    description: str
    price: ExplainedPrice


class OwnQuotesBody(Schema):
    model_config = ConfigDict(extra="forbid")

    jobs: Annotated[list[Named], Field(min_length=1, max_length=JOBS_MOST)]


@router.get(
    "/me/jobs",
    auth=QUOTES,
    response={200: FoundJobs, **OWN_ANSWERS},
    operation_id="find_jobs",
    summary="Open jobs that you may propose to, newest first",
)
def find_jobs(
    request: Call,
    words: Annotated[
        str,
        Query(description="All of them stand in the job's title or text."),
        Field(max_length=WORDS_CHARACTERS),
    ] = "",
    category: Annotated[str, Query(), Field(max_length=CATEGORY_CHARACTERS)] = "",
    kind: Annotated[JobKind | None, Query()] = None,
    limit: Annotated[int, Query(), Field(ge=1, le=PAGE_MOST)] = 20,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """The same jobs that you find on the site, with what a proposal costs you by the price card."""
    account = holder_of_wallet(request)
    name = f"jobs:{account.pk}"
    query = WorkQuery(text=line(words), category=line(category), kind=kind.value if kind else "")
    before = place_in(name, cursor)
    found = newest_work(query, account, before, limit + 1, request.auth.now)
    shown = found[:limit]
    prices = prices_for(shown, request.auth.book)
    return {
        "items": [_found(job, prices[job.pk].connects) for job in shown],
        "next": cursor_for(name, shown[-1].pk) if len(found) > limit else None,
    }


@router.get(
    "/me/jobs/{id}",
    auth=QUOTES,
    response={200: SeenJob, **OWN_ANSWERS},
    operation_id="read_job",
    summary="A job that you may see",
)
def read_job(request: Call, id: HostId) -> dict[str, Any]:  # noqa: A002
    """Its text, its facts, and all that its price rests on, by the rules that hold for you."""
    job = job_seen(holder_of_wallet(request), id)
    price = explained_price(job, request.auth.book)
    return {
        **_found(job, price.price.connects),
        "description": job.description,
        "price": price_document(price),
    }


@router.post(
    "/me/quotes",
    auth=QUOTES,
    response={200: QuotesDocument, **OWN_ANSWERS},
    operation_id="own_quotes",
    summary="What proposals to some jobs would cost you",
)
def own_quotes(request: Call, body: OwnQuotesBody) -> dict[str, Any]:
    """A quote for each job, in the order asked, each honoured for 10 minutes."""
    account = holder_of_wallet(request)
    found = jobs_seen_by(account, [checked_id(name, "jobs") for name in body.jobs])
    return quotes_of(account, body.jobs, found, request.auth.now)


def job_seen(account: Account, name: str, field: str | None = None) -> Job:
    """The job of that name, if the account may see it. Raises `Stopped`."""
    found = jobs_seen_by(account, [checked_id(name, field or "id")]).get(name)
    if found is None:
        raise unknown("job", name, field)
    return found


def _found(job: Job, connects: Connects) -> dict[str, Any]:
    return {
        "id": id_of(job),
        "client": id_of(job.client),
        "client_name": job.client.name,
        "title": job.title,
        "kind": job.kind,
        "category": job.category,
        "budget_cents": job.budget_cents,
        "hourly_min_cents": job.hourly_min_cents,
        "hourly_max_cents": job.hourly_max_cents,
        "duration_days": _span(job.duration_least_days, job.duration_most_days),
        "hours_per_week": _span(job.hours_least, job.hours_most),
        "level": job.level or None,
        "skills": job.skills,
        "status": job.status,
        "posted": job.posted,
        "proposals": job.proposal_count,
        "connects": connects,
    }


def _span(least: int | None, most: int | None) -> dict[str, int | None] | None:
    return None if least is None else {"least": least, "most": most}
