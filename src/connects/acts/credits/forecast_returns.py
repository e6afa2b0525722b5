"""Forecast what comes back when a job ends: by the rules that then give it back, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.acts.credits.return_paid import due_back
from connects.market.jobs.models import Job, JobStatus
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.own_list import SUMMED_MOST, open_proposals
from connects.statements.checks.work import EndForecast
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import ReturnCause

CHUNK = 1_000
_MAY_HAPPEN = (
    ReturnCause.CLOSED_WITHOUT_HIRE,
    ReturnCause.CLOSED_AFTER_HIRE,
    ReturnCause.NEVER_CLOSED,
)
_SETTLED = (ProposalStatus.HIRED, ProposalStatus.WITHDRAWN)
_UNDECIDED = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)


def forecast_end(
    job: Job, cause: ReturnCause, now: datetime, besides: Proposal | None = None
) -> EndForecast:
    """What would come back if the job ended now for that cause; `besides` one proposal is not counted."""
    return _forecast([job], cause, now, besides)


def closing_forecast(
    job: Job, now: datetime, cause: ReturnCause = ReturnCause.CLOSED_WITHOUT_HIRE
) -> EndForecast | None:
    """What would come back if the job ended for that cause; None where that is too much for a page."""
    return None if job.proposal_count > SUMMED_MOST else forecast_end(job, cause, now)


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


@dataclass(frozen=True, slots=True)
class StillBack:
    """What would still come back of a proposal in one case."""

    cause: ReturnCause
    connects: Connects


def still_back(row: Proposal, now: datetime) -> tuple[StillBack, ...]:
    """What may still come back of a proposal as it stands, case by case; none where it is over.

    What the marketplace does about fraud is left out: nobody counts on that. So is closing without a
    hire once somebody is hired, where the row was read `with_hires`.
    """
    if row.job.status != JobStatus.OPEN or row.status in _SETTLED or row.paid <= row.returned:
        return ()
    causes = (*_MAY_HAPPEN, ReturnCause.UNREAD) if row.unread_due else _MAY_HAPPEN
    ruled_out = ReturnCause.CLOSED_WITHOUT_HIRE if getattr(row, "somebody_hired", False) else None
    return tuple(
        StillBack(cause, due_back(row, cause, now)) for cause in causes if cause is not ruled_out
    )


@dataclass(frozen=True, slots=True)
class InOpen:
    """The open proposals of an account, the Connects in them, and how many may still come back."""

    proposals: int
    paid: Connects
    may_come_back: Connects


def in_open(account: Account, now: datetime) -> InOpen | None:
    """The sum over an account's open proposals; None where there are too many to add up for a page."""
    rows = open_proposals(account)
    return None if len(rows) > SUMMED_MOST else summed(rows, now)


def summed(rows: Sequence[Proposal], now: datetime) -> InOpen:
    """What is in these open proposals, and how much of it may still come back."""
    return InOpen(
        len(rows),
        sum(row.paid - row.returned for row in rows),
        sum(most_of(still_back(row, now)) for row in rows),
    )


def most_of(cases: Iterable[StillBack]) -> Connects:
    """The most that may still come back."""
    return max((case.connects for case in cases), default=0)
