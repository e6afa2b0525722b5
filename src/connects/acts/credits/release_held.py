"""Releasing what is held for proposals: nobody submitted them in time, or they were let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from connects.acts.credits.return_paid import AT_ONCE_MOST
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.held import (
    end_of,
    live,
    reference_of_held,
    reserved_by,
)
from connects.market.proposals.models import HeldProposal, HoldEnd
from connects.movements.hold_connects import Held, release_held
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed

BATCH = 500


def withdraw_held(reserved: HeldProposal, account: Account) -> HeldProposal | Refused:
    """Let a reservation go: its Connects are free again. Twice is once.

    Refused with `not_allowed`, `job_closed` or `hold_expired` where it is over.
    """
    now = clock_now()
    with transaction.atomic():
        _lock_jobs([reserved.job_id])
        rows = HeldProposal.objects.select_for_update(of=("self",)).select_related("job")
        row = rows.get(pk=reserved.pk)
        if account.pk not in (row.account_id, row.for_agency_by_id):
            return not_allowed(Problem.NOT_YOURS)
        if row.end == HoldEnd.WITHDRAWN:
            return row
        if row.end == HoldEnd.SUBMITTED:
            return not_allowed(Problem.SENT_ALREADY)
        refused = over_already(row, now)
        if refused is not None:
            return refused
        _release([row], HoldEnd.WITHDRAWN, now, now)
        return row


def release_of_job(job: Job, now: datetime) -> None:
    """Release all that is held for proposals to a job that ends. The job is locked."""
    rows = list(_locked(live().filter(job=job)))
    if rows:
        # What comes back to others with the job's end is posted after this, in the same transaction;
        # wallets are locked in the order of their ids, whosever they are.
        wallets = {row.account_id for row in rows}
        if job.proposal_count <= AT_ONCE_MOST:
            wallets.update(job.proposals.values_list("account_id", flat=True))
        journal().lock(sorted(wallets))
        _release(rows, HoldEnd.JOB_ENDED, now, now)


def release_of_account(account: Account, now: datetime) -> None:
    """Release all that an account has reserved, for itself or an agency. Its row is locked."""
    jobs = live().filter(reserved_by(account)).values_list("job_id", flat=True)
    _lock_jobs(set(jobs))
    _release(list(_locked(live().filter(reserved_by(account)))), HoldEnd.SUSPENDED, now, now)


def next_due(until: datetime) -> datetime | None:
    """The instant of the first reservation that runs out by `until`."""
    rows = live().filter(confirm_by__lte=until).order_by("confirm_by")
    return rows.values_list("confirm_by", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Release a batch of what nobody submitted in time, each at its own instant."""
    with transaction.atomic():
        # Jobs before wallets, as everywhere; see docs/locking.md.
        due = live().filter(confirm_by__lte=until).order_by("confirm_by", "id")
        _lock_jobs(set(due.values_list("job_id", flat=True)[:BATCH]))
        rows = list(_locked(due)[:BATCH])
        journal().lock(sorted({row.account_id for row in rows}))
        by_instant: dict[datetime, list[HeldProposal]] = {}
        for row in rows:
            by_instant.setdefault(row.confirm_by, []).append(row)
        for at, batch in by_instant.items():
            _release(batch, HoldEnd.RAN_OUT, at, now)


def _lock_jobs(jobs: Sequence[int] | set[int]) -> None:
    list(Job.objects.select_for_update(of=("self",)).filter(pk__in=jobs).order_by("pk"))


def _locked(rows: QuerySet[HeldProposal]) -> QuerySet[HeldProposal]:
    return rows.select_for_update(of=("self",)).select_related("job")


def _release(rows: Sequence[HeldProposal], end: HoldEnd, at: datetime, now: datetime) -> None:
    """Give back what locked reservations hold, note it in their rows, and tell."""
    for row in rows:
        row.ended, row.end = at, end
    HeldProposal.objects.filter(pk__in=[row.pk for row in rows]).update(ended=at, end=end)
    holds = [held_of(row) for row in rows if row.hold_entry is not None]
    released = release_held(journal(), holds, end.value, at, now)
    if end is not HoldEnd.WITHDRAWN:
        put_in_outbox(released.events, at)


def over_already(row: HeldProposal, now: datetime) -> Refused | None:
    """The refusal of an act on a reservation that is over; None while it stands."""
    end = end_of(row, now)
    match end:
        case None:
            return None
        case HoldEnd.WITHDRAWN:
            return not_allowed(Problem.WITHDRAWN)
        case HoldEnd.JOB_ENDED:
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(row.job)})
    return Refused(
        RefusalCode.HOLD_EXPIRED,
        {"why": end.value, "connects": row.connects, "confirm_by": row.confirm_by.isoformat()},
    )


def held_of(row: HeldProposal) -> Held:
    """The reservation, as movements know it."""
    assert row.hold_entry is not None
    return Held(
        reference=reference_of_held(row),
        key=row.key,
        wallet=row.account_id,
        entry=row.hold_entry,
        connects=row.connects,
        rule_book=row.rule_book,
        title=row.job.title,
    )
