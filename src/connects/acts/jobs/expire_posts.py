"""Posts end by their age."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.jobs.end import end_job
from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.proposals.models import ProposalStatus
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.returns import ReturnCause

BATCH = 100


def next_due(until: datetime) -> datetime | None:
    """The instant at which the first open post expires by `until`."""
    rows = Job.objects.filter(expires__lte=until, status=JobStatus.OPEN).order_by("expires")
    return rows.values_list("expires", flat=True).first()


def do_due(until: datetime, _now: datetime) -> None:
    """End a batch of the posts that expire by `until`, each at its own instant."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(expires__lte=until, status=JobStatus.OPEN).order_by("expires")[:BATCH]
        for job in due:
            assert job.expires is not None
            _expire(job, job.expires)


def expire(job: Job) -> Job | Refused:
    """A host says that a post has ended by its age. Refused with `job_closed`."""
    with transaction.atomic():
        locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if locked.status != JobStatus.OPEN:
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(locked)})
        _expire(locked, clock_now())
        return locked


def _expire(job: Job, at: datetime) -> None:
    end_job(job, JobStatus.EXPIRED, "", at, by="age")
    hired = job.proposals.filter(status=ProposalStatus.HIRED).exists()
    cause = ReturnCause.CLOSED_AFTER_HIRE if hired else ReturnCause.NEVER_CLOSED
    record_returns_owed(job, cause, at)
    tell_account(
        job.client_id, "post-expired", job.public_id, at, job=job.public_id, title=job.title
    )
