"""End jobs: close one, and what every end has in common."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.release_held import release_of_job
from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import CloseReason, Job, JobStatus
from connects.market.jobs.over import over_for
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.vocabulary.returns import ReturnCause


def open_job(job: Job, client: Account) -> Job | Refused:
    """The job, locked, if it is this client's and open."""
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if locked.client_id != client.pk:
        return not_allowed(Problem.NOT_YOURS)
    if locked.status != JobStatus.OPEN:
        return over_for(locked, Problem.OWN_JOB_OVER)
    return suspended_problem(client) or locked


def close(job: Job, client: Account, reason: CloseReason) -> Job | Refused:
    """Close a post; what its proposals get back is what their rule books say.

    Refused with `not_allowed` or `job_closed`.
    """
    now = clock_now()
    with transaction.atomic():
        locked = open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        cause = cause_of_closing(locked, reason)
        end_job(locked, JobStatus.CLOSED, reason.value, now, by="client")
        record_returns_owed(locked, cause, now)
        return locked


def cause_of_closing(job: Job, reason: CloseReason) -> ReturnCause:
    """The cause that closing a job for that reason is, for what comes back."""
    hired = (
        reason == CloseReason.FILLED or job.proposals.filter(status=ProposalStatus.HIRED).exists()
    )
    return ReturnCause.CLOSED_AFTER_HIRE if hired else ReturnCause.CLOSED_WITHOUT_HIRE


def end_job(job: Job, status: JobStatus, close_reason: str, now: datetime, by: str) -> None:
    """Note on a locked job that it is over, and by whom; release what is held for proposals to it.

    What comes back of those that were sent is the caller's to say.
    """
    job.status = status
    job.close_reason = close_reason
    job.ended = now
    job.silence_due = None
    job.save(update_fields=["status", "close_reason", "removed_because", "ended", "silence_due"])
    ended = Event(
        key=f"ended:{job.public_id}:{now.isoformat()}",
        account=job.client_id,
        code="job.ended",
        parameters={"job": job.public_id, "how": close_reason or status.value, "by": by},
    )
    put_in_outbox([ended], now)
    release_of_job(job, now)
