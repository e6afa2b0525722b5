"""Open a job again that its client had closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.jobs.note_activity import note_activity
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import SILENT, Job, JobStatus
from connects.market.jobs.over import over_for
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.proposals.models import ProposalStatus
from connects.policy.terms import RuleBook
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def reopen(job: Job, client: Account) -> Job | Refused:
    """Reopen a post that was closed for silence: proposals stand, and nothing is charged twice.

    What came back stays with the freelancers; a post that is open stays so. Refused with
    `not_allowed`, or with `job_closed` if it was not closed for silence or the time to reopen it has
    passed.
    """
    now = clock_now()
    with transaction.atomic():
        locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if locked.client_id != client.pk:
            return not_allowed(Problem.NOT_YOURS)
        suspended = suspended_problem(client)
        if suspended is not None:
            return suspended
        if locked.status == JobStatus.OPEN:
            return locked
        book = rule_book_of(client, now)
        until = reopens_until(locked, book)
        if until is None or now > until:
            return over_for(locked, Problem.REOPENED_TOO_LATE)
        locked.status, locked.close_reason, locked.ended = JobStatus.OPEN, "", None
        locked.save(update_fields=["status", "close_reason", "ended"])
        note_activity(locked, book, now)
        _tell_of_reopening(locked, now)
        return locked


def reopens_until(job: Job, book: RuleBook) -> datetime | None:
    """Until when a job can be opened again by its client's rules; None where it cannot be."""
    is_silent = job.status == JobStatus.CLOSED and job.close_reason == SILENT
    if not is_silent or job.owes or job.ended is None or book.posts is None:
        return None
    return job.ended + timedelta(days=book.posts.reopen_within_days)


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
