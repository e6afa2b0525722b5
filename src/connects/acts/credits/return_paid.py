"""Return the Connects of proposals: of all of a job's when it ends, or of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from connects.acts.credits.reward_interview import take_back_rewards
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.members.editions import book_by_label
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.movements.return_connects import (
    PaidProposal,
    credits_due,
    return_connects,
    return_the_rest,
    returned_by_reference,
)
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause

BATCH = 1_000
AT_ONCE_MOST = 200
APPEAL = "appeal"
"""The reason of a return that was granted on appeal."""


def record_returns_owed(job: Job, cause: ReturnCause, now: datetime) -> None:
    """Record what an ended job's proposals get back; pay it at once where they are few.

    A job may have thousands of proposals, and ending it must not wait for them. So the returns owed are
    recorded with the job, in the transaction that ends it, and the worker pays them in batches. Runs in
    the caller's transaction, with the job's row locked.
    """
    job.owes, job.owes_since, job.paid_back_to = cause.value, now, 0
    if job.proposal_count <= AT_ONCE_MOST:
        while job.owes:
            _pay_batch(job, now)
    job.save(update_fields=["owes", "owes_since", "paid_back_to"])


def next_due(until: datetime) -> datetime | None:
    """Since when the first ended job owes something, by `until`."""
    rows = Job.objects.filter(owes_since__lte=until).order_by("owes_since")
    return rows.values_list("owes_since", flat=True).first()


def do_due(until: datetime, _now: datetime) -> None:
    """Give back a batch of what the longest-waiting ended job owes."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",), skip_locked=True)
        job = rows.filter(owes_since__lte=until).order_by("owes_since").first()
        if job is not None:
            assert job.owes_since is not None
            _pay_batch(job, job.owes_since)
            job.save(update_fields=["owes", "owes_since", "paid_back_to"])


def _pay_batch(job: Job, at: datetime) -> None:
    """The next proposals, in the order of their ids; nothing more is owed when none is left."""
    cause = ReturnCause(job.owes)
    rows = job.proposals.filter(pk__gt=job.paid_back_to).order_by("pk")
    batch = list(rows.defer("cover_letter")[:BATCH])
    if batch:
        job.paid_back_to = batch[-1].pk
        Proposal.objects.filter(
            pk__in=[row.pk for row in batch if row.unread_due is not None]
        ).update(unread_due=None)
        _tell_of_end(job, batch, cause, at)
        give_back([row for row in batch if _shares_in(row, cause)], cause, at)
    if len(batch) < BATCH:
        job.owes, job.owes_since = "", None


def _tell_of_end(job: Job, rows: Sequence[Proposal], cause: ReturnCause, at: datetime) -> None:
    """Tell those whom the client had not decided about that the job is over, and how."""
    code = "not-chosen" if cause is ReturnCause.CLOSED_AFTER_HIRE else "job-closed"
    put_in_outbox(
        (
            Event(
                key=f"{code}:{row.pk}:{at.isoformat()}",
                account=row.account_id,
                code=code,
                parameters={
                    "proposal": row.public_id,
                    "job": job.public_id,
                    "title": job.title,
                    "client": job.client.name,
                    "cause": cause.value,
                },
            )
            for row in rows
            if row.status in (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)
        ),
        at,
    )


def _shares_in(row: Proposal, cause: ReturnCause) -> bool:
    """Whether this proposal gets what its rule book gives back when its job ends.

    Who was hired gets nothing, and neither does who withdrew, unless the job was removed and the
    rule book says so.
    """
    if row.status == ProposalStatus.WITHDRAWN:
        returns = book_by_label(row.rule_book).returns
        return cause is ReturnCause.REMOVED_FOR_TERMS and returns.removed_after_withdrawal
    return row.status != ProposalStatus.HIRED


def due_back(row: Proposal, cause: ReturnCause, now: datetime) -> Connects:
    """What would come back of a proposal if its job ended so now, or, for a cause of its own, of it."""
    if row.spend_entry is None or not _shares_in(row, cause):
        return 0
    return credits_due(_claim(row.reference, row), _cause_of(row, cause, now))


def give_back(rows: Sequence[Proposal], cause: ReturnCause, now: datetime) -> None:
    """Give back what the rule books say of these proposals, note it in their rows, and tell."""
    by_cause: dict[ReturnCause, list[Proposal]] = defaultdict(list)
    for row in rows:
        if row.spend_entry is not None:
            by_cause[_cause_of(row, cause, now)].append(row)
    for counted, alike in by_cause.items():
        _give_back(alike, counted, now)


def _cause_of(row: Proposal, cause: ReturnCause, ended: datetime) -> ReturnCause:
    """The cause that counts under the rule book that the proposal was paid under."""
    if cause is not ReturnCause.CLOSED_WITHOUT_HIRE:
        return cause
    return book_by_label(row.rule_book).returns.cause_after(cause, ended - row.job.posted)


def _give_back(rows: Sequence[Proposal], cause: ReturnCause, now: datetime) -> None:
    by_reference = {row.reference: row for row in rows}
    claims = [_claim(name, row) for name, row in by_reference.items()]
    accepted = return_connects(journal(), claims, cause, now)
    changed = []
    for reference, posted in returned_by_reference(accepted).items():
        row = by_reference[reference]
        assert posted.record is not None
        entry = posted.record.entry
        row.returned += entry.credits - entry.debt_change
        row.return_reason, row.last_return = cause.value, now
        if row.status in _UNDECIDED and _is_over(cause):
            row.status = ProposalStatus.RETURNED
        changed.append(row)
    _save(changed)
    put_in_outbox(accepted.events, now)
    take_back_rewards([row.reference for row in changed], now)


_UNDECIDED = (ProposalStatus.SUBMITTED, ProposalStatus.DECLINED, ProposalStatus.OFFERED)


def give_the_rest(row: Proposal, now: datetime) -> None:
    """Give back all that has not come back of a proposal: its appeal was granted."""
    accepted = return_the_rest(journal(), _claim(row.reference, row), APPEAL, now)
    assert not isinstance(accepted, Refused), accepted
    for posted in accepted.posted:
        assert posted.record is not None
        row.returned += posted.record.entry.credits - posted.record.entry.debt_change
        row.return_reason, row.last_return = APPEAL, now
    row.save(update_fields=["returned", "return_reason", "last_return"])
    put_in_outbox(accepted.events, now)


def _is_over(cause: ReturnCause) -> bool:
    """Whether the proposal is over with it; one that comes back unread or invited later goes on."""
    return cause not in (ReturnCause.UNREAD, ReturnCause.INVITED_LATER, ReturnCause.WITHDRAWN)


def _save(rows: Iterable[Proposal]) -> None:
    """Proposals of one job have few different outcomes, so that a statement for each is enough."""
    alike: dict[tuple[int, str, str, datetime | None], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.returned, row.status, row.return_reason, row.last_return].append(row.pk)
    for (returned, status, reason, at), ids in alike.items():
        Proposal.objects.filter(pk__in=ids).update(
            returned=returned, status=status, return_reason=reason, last_return=at
        )


def _claim(reference: str, row: Proposal) -> PaidProposal:
    assert row.spend_entry is not None
    return PaidProposal(
        reference=reference,
        wallet=row.account_id,
        spend_entry=row.spend_entry,
        paid=row.paid,
        returned=row.returned,
        stage=row.stage,
        book=book_by_label(row.rule_book),
        title=row.job.title,
    )
