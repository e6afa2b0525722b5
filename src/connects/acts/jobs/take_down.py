"""Take jobs down: one that breaks the terms, or all of a client who is suspended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.jobs.end import end_job
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.over import over_for
from connects.market.jobs.removed import REASON_CHARACTERS
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause


def remove_job(job: Job, staff: User | None, reason: str) -> Job | Refused:
    """Take a post down for breaking the terms; all Connects come back, and the client is told why.

    `staff` is None if the marketplace itself acts. Refused with `not_allowed`, or with `job_closed` if
    the post was removed before.
    """
    refused = denied(staff, Act.DECIDE_FLAGS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if locked.status == JobStatus.REMOVED:
            return over_for(locked, Problem.REMOVED_ALREADY)
        locked.removed_because = reason[:REASON_CHARACTERS]
        end_job(locked, JobStatus.REMOVED, "", now, by="moderation")
        record_returns_owed(locked, ReturnCause.REMOVED_FOR_TERMS, now)
        put_in_outbox([_removal(locked)], now)
        note_act(staff, "remove-job", f"job:{locked.public_id}", reason, now)
        return locked


def _removal(job: Job) -> Event:
    return Event(
        key=f"removed:{job.public_id}",
        account=job.client_id,
        code="post-removed",
        parameters={"job": job.public_id, "title": job.title, "reason": job.removed_because},
    )


def make_void(client: Account, now: datetime) -> None:
    """All open posts of a suspended client end. Runs in the caller's transaction."""
    for job in Job.objects.select_for_update(of=("self",)).filter(
        client=client, status=JobStatus.OPEN
    ):
        end_job(job, JobStatus.VOID, "", now, by="moderation")
        record_returns_owed(job, ReturnCause.CLIENT_SUSPENDED, now)
