"""What comes back of a job's proposals, in batches."""

from __future__ import annotations

from collections.abc import Iterator
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
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.returns import ReturnCause

BATCH = 1_000


def reference_of(proposal: Proposal) -> str:
    """The proposal's name in the journal."""
    return f"proposal:{proposal.public_id}"


def return_for_job(job: Job, cause: ReturnCause, now: datetime) -> tuple[Event, ...]:
    """Give back what the rule books say for every paid proposal to a job, and note it in its row."""
    rows = iter(
        Proposal.objects.filter(job=job, spend_entry__isnull=False)
        .exclude(status=ProposalStatus.HIRED)
        .order_by("account_id")
    )
    events: list[Event] = []
    while batch := list(islice(rows, BATCH)):
        events.extend(_return_batch(batch, cause, now))
    return tuple(events)


def _return_batch(rows: list[Proposal], cause: ReturnCause, now: datetime) -> Iterator[Event]:
    by_reference = {reference_of(row): row for row in rows}
    accepted = return_connects(
        journal(), [_claim(name, row) for name, row in by_reference.items()], cause, now
    )
    changed = []
    for reference, posted in returned_by_reference(accepted).items():
        row = by_reference[reference]
        assert posted.record is not None
        entry = posted.record.entry
        row.returned += entry.credits - entry.debt_change
        row.status = ProposalStatus.RETURNED
        row.return_reason = cause.value
        changed.append(row)
    Proposal.objects.bulk_update(changed, ["returned", "status", "return_reason"])
    yield from accepted.events


def _claim(reference: str, row: Proposal) -> PaidProposal:
    assert row.spend_entry is not None
    return PaidProposal(
        reference=reference,
        wallet=row.account_id,
        spend_entry=row.spend_entry,
        paid=row.paid,
        returned=row.returned,
        book=book_by_label(row.rule_book),
    )
