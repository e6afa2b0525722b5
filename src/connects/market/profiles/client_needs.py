"""What waits for a client: proposals that they have not opened, and jobs that need a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from connects.market.jobs.models import Job, JobStatus
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus

NEEDS_MOST = 10
QUIET_AFTER = timedelta(days=7)

UNREAD = Q(opened__isnull=True, status__in=(ProposalStatus.SUBMITTED, ProposalStatus.OFFERED))


def unread_of(jobs: Iterable[int]) -> dict[int, int]:
    """How many proposals to each of these jobs their client has not opened, with one query."""
    rows = Proposal.objects.filter(UNREAD, job_id__in=list(jobs)).order_by()
    return dict(rows.values_list("job_id").annotate(number=Count("pk")))


@dataclass(frozen=True, slots=True)
class Need:
    """A job that waits for its client: unread proposals, unanswered offers, or silence."""

    job: Job
    unread: int
    offered: int
    waiting: int
    is_quiet: bool


def needs_of(client: Account, now: datetime) -> list[Need]:
    """The client's open jobs that wait for a word, the one with most unread proposals first."""
    quiet = Q(client_active__lt=now - QUIET_AFTER, waiting__gt=0)
    in_job = Q(proposals__status__in=(ProposalStatus.SUBMITTED, ProposalStatus.OFFERED))
    rows = (
        Job.objects.filter(client=client, status=JobStatus.OPEN)
        .defer("description")
        .annotate(
            unread=Count("proposals", filter=in_job & Q(proposals__opened__isnull=True)),
            offered=Count("proposals", filter=Q(proposals__status=ProposalStatus.OFFERED)),
            waiting=Count("proposals", filter=in_job),
        )
        .filter(Q(unread__gt=0) | Q(offered__gt=0) | quiet)
        .order_by("-unread", "client_active", "id")
    )
    return [
        Need(row, row.unread, row.offered, row.waiting, bool(row.client_active < now - QUIET_AFTER))
        for row in rows[:NEEDS_MOST]
    ]
