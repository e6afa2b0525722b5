"""Open a job again that its client had closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.jobs.note_activity import note_activity
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import SILENT, Job, JobStatus
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


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
