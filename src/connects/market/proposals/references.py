"""A proposal's name in the journal, and how far it got with its client."""

from __future__ import annotations

from connects.market.proposals.models import Proposal
from connects.vocabulary.returns import Stage


def reference_of(proposal: Proposal) -> str:
    """The proposal's name in the journal."""
    return f"proposal:{proposal.public_id}"


def stage_of(proposal: Proposal) -> Stage:
    """How far the proposal got with its client."""
    if proposal.shortlisted or proposal.messaged:
        return Stage.ENGAGED
    return Stage.OPENED if proposal.opened else Stage.UNOPENED
