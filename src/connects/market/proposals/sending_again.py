"""Whether a proposal that was withdrawn may be sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from connects.market.proposals.models import ProposalStatus
from connects.policy.terms import RuleBook

SENT_TO_A_JOB_MOST = 5
"""So many proposals to one job an account may send in all, since each is told to its client."""


class Sent(Protocol):
    """A proposal that was sent: its row, or what is known of it."""

    @property
    def status(self) -> str: ...


def may_send_again(sent: Sequence[Sent], book: RuleBook) -> bool:
    """Whether an account that has sent these proposals to a job may send it another."""
    if not book.sends_again or len(sent) >= SENT_TO_A_JOB_MOST:
        return False
    return all(row.status == ProposalStatus.WITHDRAWN for row in sent)
