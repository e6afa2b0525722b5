"""Forecast what comes back when a job ends: by the rules that then give it back, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connects.acts.credits.return_paid import due_back
from connects.market.jobs.models import Job, JobStatus
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.statements.checks.work import EndForecast
from connects.vocabulary.returns import ReturnCause

CHUNK = 1_000
_UNDECIDED = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)


def forecast_end(
    job: Job, cause: ReturnCause, now: datetime, besides: Proposal | None = None
) -> EndForecast:
    """What would come back if the job ended now for that cause; `besides` one proposal is not counted."""
    return _forecast([job], cause, now, besides)


def forecast_void(client: Account, now: datetime) -> EndForecast:
    """What would come back if all open jobs of a client ended, because it is suspended."""
    jobs = Job.objects.filter(client=client, status=JobStatus.OPEN).order_by("id")
    return _forecast(jobs, ReturnCause.CLIENT_SUSPENDED, now)


def _forecast(
    jobs: Iterable[Job], cause: ReturnCause, now: datetime, besides: Proposal | None = None
) -> EndForecast:
    ended = people = connects = nothing = told = 0
    for job in jobs:
        ended += 1
        rows: Iterable[Proposal] = job.proposals.defer("cover_letter").iterator(CHUNK)
        for row in rows:
            if besides is not None and row.pk == besides.pk:
                continue
            row.job = job
            due = due_back(row, cause, now)
            people, connects = people + bool(due), connects + due
            nothing += not due and row.paid > row.returned and row.status != ProposalStatus.HIRED
            told += row.status in _UNDECIDED
    return EndForecast(ended, people, connects, nothing, told)
