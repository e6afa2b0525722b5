"""What a proposer pays less than the card says, for who they are and not for what the job is."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from connects.policy.terms import FreeProposals
from connects.pricing import reasons
from connects.pricing.quote import Price
from connects.vocabulary.refusals import Reason


class Standing(NamedTuple):
    """A proposer before a job: how many paid or free proposals they sent, and how many the job has.

    `invited` is whether the client asked them, `in_cloud` whether the job is for a private talent cloud
    that they are a member of, `free_again` whether they send again what was free and they withdrew,
    under a rule book that lets it be free once more.
    """

    proposals_sent: int = 0
    proposals_to_job: int = 0
    invited: bool = False
    in_cloud: bool = False
    free_again: bool = False


def for_proposer(price: Price, free: FreeProposals, standing: Standing) -> Price:
    """The price for this proposer (free clause).

    Nothing for who was invited, is in the job's cloud, is the first to propose, or sends again what was
    free and they withdrew, each where the rule book says so; a part of it, rounded up, for a newcomer's
    first proposals.
    """
    if standing.invited and free.invitations:
        return _less(price, 0, Reason(reasons.INVITED))
    if standing.in_cloud and free.private_cloud:
        return _less(price, 0, Reason(reasons.PRIVATE_CLOUD))
    if free.first_proposal and standing.proposals_to_job == 0:
        return _less(price, 0, Reason(reasons.FIRST_PROPOSAL_FREE))
    if standing.free_again:
        return _less(price, 0, Reason(reasons.FREE_AGAIN))
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
