"""What comes back of proposals: of all of a job's when it ends, or of one that it happens to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from connects.actions.return_connects import (
    PaidProposal,
    return_connects,
    returned_by_reference,
)
from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.members.editions import book_by_label
from connects.market.notices.services import put_in_outbox
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.returns import ReturnCause, Stage

BATCH = 1_000


def reference_of(proposal: Proposal) -> str:
    """The proposal's name in the journal."""
    return f"proposal:{proposal.public_id}"


def stage_of(proposal: Proposal) -> Stage:
    """How far the proposal got with its client."""
    if proposal.shortlisted or proposal.messaged:
        return Stage.ENGAGED
    return Stage.OPENED if proposal.opened else Stage.UNOPENED


def return_for_job(job: Job, cause: ReturnCause, now: datetime) -> None:
    """Give back what the rule books say for every paid proposal to a job that has ended.

    Who was hired gets nothing back, and neither does who withdrew, unless the job was removed.
    """
    gone = [ProposalStatus.HIRED]
    if cause is not ReturnCause.REMOVED_FOR_TERMS:
        gone.append(ProposalStatus.WITHDRAWN)
    rows = Proposal.objects.filter(job=job, spend_entry__isnull=False).exclude(status__in=gone)
    rows.filter(unread_due__isnull=False).update(unread_due=None)
    waiting = rows.order_by("account_id").iterator(BATCH)
    while batch := list(islice(waiting, BATCH)):
        give_back(batch, cause, now)


def give_back(rows: Sequence[Proposal], cause: ReturnCause, now: datetime) -> None:
    """Give back what the rule books say of these proposals, note it in their rows, and tell."""
    by_reference = {reference_of(row): row for row in rows if row.spend_entry is not None}
    claims = [_claim(name, row) for name, row in by_reference.items()]
    accepted = return_connects(journal(), claims, cause, now)
    changed = []
    for reference, posted in returned_by_reference(accepted).items():
        row = by_reference[reference]
        assert posted.record is not None
        entry = posted.record.entry
        row.returned += entry.credits - entry.debt_change
        row.return_reason = cause.value
        if row.status in (ProposalStatus.SUBMITTED, ProposalStatus.DECLINED) and _is_over(cause):
            row.status = ProposalStatus.RETURNED
        changed.append(row)
    _save(changed)
    put_in_outbox(accepted.events, now)


def _is_over(cause: ReturnCause) -> bool:
    """Whether the proposal is over with it; one that comes back unread or invited later goes on."""
    return cause not in (ReturnCause.UNREAD, ReturnCause.INVITED_LATER, ReturnCause.WITHDRAWN)


def _save(rows: Iterable[Proposal]) -> None:
    Proposal.objects.bulk_update(rows, ["returned", "status", "return_reason"], batch_size=BATCH)


def _claim(reference: str, row: Proposal) -> PaidProposal:
    assert row.spend_entry is not None
    return PaidProposal(
        reference=reference,
        wallet=row.account_id,
        spend_entry=row.spend_entry,
        paid=row.paid,
        returned=row.returned,
        stage=stage_of(row),
        book=book_by_label(row.rule_book),
    )
