"""End posts: close, remove, void; and reopen one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.release_held import release_of_job
from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.jobs.note_activity import note_activity
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import SILENT, CloseReason, Job, JobStatus
from connects.market.jobs.removed import REASON_CHARACTERS
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.returns import ReturnCause


def open_job(job: Job, client: Account) -> Job | Refused:
    """The job, locked, if it is this client's and open."""
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if locked.client_id != client.pk:
        return not_allowed(Problem.NOT_YOURS)
    if locked.status != JobStatus.OPEN:
        return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(locked)})
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
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(locked)})
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


def reopen(job: Job, client: Account) -> Job | Refused:
    """Reopen a post that was closed for silence: proposals stand, and nothing is charged twice.

    What came back stays with the freelancers. Refused with `not_allowed`, or with `job_closed` if it
    was not closed for silence or the time to reopen it has passed.
    """
    now = clock_now()
    with transaction.atomic():
        locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if locked.client_id != client.pk:
            return not_allowed(Problem.NOT_YOURS)
        suspended = suspended_problem(client)
        if suspended is not None:
            return suspended
        book = rule_book_of(client, now)
        days = book.posts.reopen_within_days if book.posts else 0
        is_silent = locked.status == JobStatus.CLOSED and locked.close_reason == SILENT
        if (
            not is_silent
            or locked.owes
            or locked.ended is None
            or now > locked.ended + timedelta(days=days)
        ):
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(locked)})
        locked.status, locked.close_reason, locked.ended = JobStatus.OPEN, "", None
        locked.save(update_fields=["status", "close_reason", "ended"])
        note_activity(locked, book, now)
        _tell_of_reopening(locked, now)
        return locked


def _tell_of_reopening(job: Job, now: datetime) -> None:
    """Tell those whose proposals stand again."""
    again = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED, ProposalStatus.RETURNED)
    rows = job.proposals.filter(status__in=again).order_by("pk")
    put_in_outbox(
        (
            Event(
                key=f"job-reopened:{pk}:{now.isoformat()}",
                account=account,
                code="job-reopened",
                parameters={
                    "proposal": proposal,
                    "job": job.public_id,
                    "title": job.title,
                    "client": job.client.name,
                },
            )
            for pk, account, proposal in rows.values_list("pk", "account_id", "public_id")
        ),
        now,
    )


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
