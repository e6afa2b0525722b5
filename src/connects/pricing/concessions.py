"""What a proposer pays less than the card says, for who they are and not for what the job is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from connects.policy.terms import FreeProposals
from connects.pricing import reasons
from connects.pricing.quote import Price
from connects.vocabulary.refusals import Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposer before a job: how many paid or free proposals they sent, and how many the job has."""

    proposals_sent: int = 0
    proposals_to_job: int = 0


def for_proposer(price: Price, free: FreeProposals, standing: Standing) -> Price:
    """The price for this proposer: nothing for a job's first proposal where the rule book says so,
    a part of it, rounded up, for a newcomer's first ones (free clause).
    """
    if free.first_proposal and standing.proposals_to_job == 0:
        return _less(price, 0, Reason(reasons.FIRST_PROPOSAL_FREE))
    few = free.newcomers
    if few is not None and standing.proposals_sent < few.proposals:
        connects = -(-price.connects * few.percent // 100)
        return _less(
            price,
            connects,
            Reason(
                reasons.NEWCOMER,
                {
                    "percent": few.percent,
                    "proposals": few.proposals,
                    "sent": standing.proposals_sent,
                },
            ),
        )
    return price


def _less(price: Price, connects: int, reason: Reason) -> Price:
    return replace(price, connects=connects, reasons=(*price.reasons, reason))
