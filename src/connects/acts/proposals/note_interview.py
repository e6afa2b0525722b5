"""An interview: the client has written, and the freelancer may have answered."""

from __future__ import annotations

from datetime import datetime

from connects.acts.credits.reward_interview import Interview, reward_interview
from connects.market.proposals.models import Proposal, ProposalStatus


def note_interview(row: Proposal, now: datetime, *, answered: bool) -> None:
    """Reward the interview if the proposal was paid and still is. Runs in the caller's transaction."""
    if row.spend_entry is None or row.returned or row.status == ProposalStatus.WITHDRAWN:
        return
    interview = Interview(
        account=row.account,
        proposal=row.reference,
        title=row.job.title,
        paid=row.paid,
        answered=answered,
        client_verified=row.job.client.payment_verified,
    )
    reward_interview(interview, now)
