"""Posting, editing and ending jobs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.demand import demand_for
from connects.market.jobs.fields import JobFields, problems_of
from connects.market.jobs.models import (
    CloseReason,
    DemandByHand,
    Job,
    JobRevision,
    JobStatus,
)
from connects.market.jobs.prices import fix_price
from connects.market.members.selectors import rule_book_of
from connects.market.notices.services import put_in_outbox
from connects.market.people.models import Account, User
from connects.market.proposals.returns import return_for_job
from connects.market.trust.services import note_act
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.returns import ReturnCause


def _invalid(post: JobFields) -> Refused | None:
    problems = problems_of(post)
    if not problems:
        return None
    first = problems[0]
    return Refused(
        RefusalCode.INVALID, {"problem": first.code, "field": first.field, **first.parameters}
    )


def preview(post: JobFields, client: Account) -> Price | Refused:
    """The price that the post would get if it went live now."""
    now = clock_now()
    demand = demand_for(post.category.strip(), now)
    return _invalid(post) or price(
        post.facts(client.payment_verified), rule_book_of(client, now), demand
    )


def post(post_fields: JobFields, client: Account) -> Job | Refused:
    """Publish a post; its price is fixed now, with demand as it is now (RULES 2.5).

    Refused with `not_allowed` (only clients post) or `invalid`.
    """
    if client.kind != AccountKind.CLIENT:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "clients_only"})
    invalid = _invalid(post_fields)
    if invalid is not None:
        return invalid
    now = clock_now()
    with transaction.atomic():
        demand = demand_for(post_fields.category.strip(), now)
        book = rule_book_of(client, now)
        unpriceable = _unpriceable(post_fields, client, demand, now)
        if unpriceable is not None:
            return unpriceable
        job = Job.objects.create(
            client=client,
            client_payment_verified=client.payment_verified,
            demand_index_thousandths=demand.index_thousandths,
            demand_jobs=demand.jobs,
            posted=now,
            **post_fields.columns(),
        )
        _note_revision(job, post_fields, now)
        fix_price(job, book, now)
        return job


def _unpriceable(
    post_fields: JobFields, client: Account, demand: Demand, now: datetime
) -> Refused | None:
    answer = price(post_fields.facts(client.payment_verified), rule_book_of(client, now), demand)
    return answer if isinstance(answer, Refused) else None


def _note_revision(job: Job, post_fields: JobFields, now: datetime) -> None:
    JobRevision.objects.create(job=job, number=job.revision, fields=post_fields.columns(), made=now)


def _open_job(job: Job, client: Account) -> Job | Refused:
    """The job, locked, if it is this client's and open."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.client_id != client.pk:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "not_yours"})
    if locked.status != JobStatus.OPEN:
        return Refused(RefusalCode.JOB_CLOSED, {"job": locked.public_id})
    return locked


def edit(job: Job, post_fields: JobFields, client: Account) -> Job | Refused:
    """Change a post; later proposals pay the new price, earlier ones stay as they are.

    An edit that changes nothing makes no revision. Refused with `not_allowed`, `job_closed` or
    `invalid`.
    """
    invalid = _invalid(post_fields)
    if invalid is not None:
        return invalid
    now = clock_now()
    with transaction.atomic():
        locked = _open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        columns = post_fields.columns()
        if all(getattr(locked, name) == value for name, value in columns.items()):
            return locked
        demand = demand_for(post_fields.category.strip(), now)
        unpriceable = _unpriceable(post_fields, client, demand, now)
        if unpriceable is not None:
            return unpriceable
        _set(locked, columns)
        locked.demand_index_thousandths = demand.index_thousandths
        locked.demand_jobs = demand.jobs
        locked.revision += 1
        locked.save()
        _note_revision(locked, post_fields, now)
        fix_price(locked, rule_book_of(client, now), now)
        return locked


def _set(row: Model, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def close(job: Job, client: Account, reason: CloseReason) -> Job | Refused:
    """Close a post; what its proposals get back is what their rule books say.

    Refused with `not_allowed` or `job_closed`.
    """
    now = clock_now()
    with transaction.atomic():
        locked = _open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        _end(locked, JobStatus.CLOSED, reason.value, now)
        hired = reason == CloseReason.FILLED or locked.proposals.filter(status="hired").exists()
        cause = ReturnCause.CLOSED_AFTER_HIRE if hired else ReturnCause.CLOSED_WITHOUT_HIRE
        put_in_outbox(return_for_job(locked, cause, now), now)
        return locked


def remove(job: Job, staff: User | None, reason: str) -> Job | Refused:
    """Take a post down for breaking the terms; everyone's Connects come back.

    `staff` is None where the marketplace itself acts. Refused with `not_allowed`, or `job_closed`
    where the post was removed before.
    """
    if staff is not None and staff.staff_role not in (Role.OPERATOR, Role.MODERATOR):
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "moderators_only"})
    now = clock_now()
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if locked.status == JobStatus.REMOVED:
            return Refused(RefusalCode.JOB_CLOSED, {"job": locked.public_id})
        _end(locked, JobStatus.REMOVED, "", now)
        put_in_outbox(return_for_job(locked, ReturnCause.REMOVED_FOR_TERMS, now), now)
        note_act(staff, "remove-job", f"job:{locked.public_id}", reason, now)
        return locked


def _end(job: Job, status: JobStatus, close_reason: str, now: datetime) -> None:
    job.status = status
    job.close_reason = close_reason
    job.ended = now
    job.save(update_fields=["status", "close_reason", "ended"])


def set_demand(category: str, index_thousandths: int) -> None:
    """Set a category's demand index by hand (1,000 is the market's average)."""
    DemandByHand.objects.update_or_create(
        category=category, defaults={"index_thousandths": index_thousandths}
    )
