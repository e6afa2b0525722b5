"""How far a proposal got: the states as programs and people see them.

A row keeps what was decided about the proposal itself; what became of it with its job is read off both.
While a job stays open after a hire, the others keep their states and may still be hired.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from connects.market.jobs.models import CloseReason, JobStatus
from connects.market.proposals.models import Proposal, ProposalStatus


class ProposalState(StrEnum):
    """`words` is what people read."""

    HELD = "held"
    SUBMITTED = "submitted"
    OPENED = "opened"
    ANSWERED = "answered"
    SHORTLISTED = "shortlisted"
    OFFERED = "offered"
    HIRED = "hired"
    DECLINED = "declined"
    NOT_CHOSEN = "not_chosen"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return _WORDS.get(self) or self.value.replace("_", " ").capitalize()


_WORDS = {ProposalState.HELD: "Reserved", ProposalState.SUBMITTED: "Sent"}


_FINAL = {
    ProposalStatus.HIRED: ProposalState.HIRED,
    ProposalStatus.DECLINED: ProposalState.DECLINED,
    ProposalStatus.WITHDRAWN: ProposalState.WITHDRAWN,
}


def with_hires(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The rows with `somebody_hired`: whether their job hired anybody, as `state_of` asks."""
    hired = Proposal.objects.filter(job=OuterRef("job"), status=ProposalStatus.HIRED)
    return rows.annotate(somebody_hired=Exists(hired))


def state_of(row: Proposal) -> ProposalState:
    """The state of a proposal; a query where its row was not read `with_hires` and its job is over."""
    final = _FINAL.get(ProposalStatus(row.status))
    if final is not None:
        return final
    if row.job.status != JobStatus.OPEN:
        return ProposalState.NOT_CHOSEN if _ended_with_hire(row) else ProposalState.CLOSED
    if row.status == ProposalStatus.OFFERED:
        return ProposalState.OFFERED
    if row.shortlisted:
        return ProposalState.SHORTLISTED
    if row.messaged:
        return ProposalState.ANSWERED
    return ProposalState.OPENED if row.opened else ProposalState.SUBMITTED


def _ended_with_hire(row: Proposal) -> bool:
    if row.job.close_reason == CloseReason.FILLED:
        return True
    known = getattr(row, "somebody_hired", None)
    if known is None:
        return Proposal.objects.filter(job=row.job_id, status=ProposalStatus.HIRED).exists()
    return bool(known)
