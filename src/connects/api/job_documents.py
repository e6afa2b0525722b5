"""Jobs as documents: what answers say of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from connects.api.named import id_of
from connects.api.price_shapes import ExplainedPrice
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.members.selectors import rule_book_of
from connects.statements.price_document import price_document
from connects.vocabulary.facts import JobKind


class JobDocument(Schema):
    """A job as it stands. `price` is what a proposal costs by its client's rule book."""

    id: str
    client: str
    kind: JobKind
    title: str
    skills: list[str]
    status: JobStatus
    how: str | None
    revision: int
    posted: datetime
    ended: datetime | None
    proposals: int
    price: ExplainedPrice


class InvitationDocument(Schema):
    job: str
    account: str
    invited: datetime
    declined: datetime | None


def job_document(job: Job, now: datetime) -> dict[str, Any]:
    """The job as it stands."""
    return {
        "id": id_of(job),
        "client": id_of(job.client),
        "kind": job.kind,
        "title": job.title,
        "skills": job.skills,
        "status": job.status,
        "how": (job.close_reason or job.status) if job.ended else None,
        "revision": job.revision,
        "posted": job.posted,
        "ended": job.ended,
        "proposals": job.proposal_count,
        "price": price_document(explained_price(job, rule_book_of(job.client, now))),
    }
