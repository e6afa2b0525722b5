"""The table of acts allowed in each state of a proposal, for acts, pages and tests.

The hard case is a withdrawal. Its sender may have got everything back, so nothing goes on with it: the
client neither reads it nor hires it, and the sender neither answers nor accepts. All other states leave
the client free to think again, as long as the job is open: who was declined may still be hired.

`RETURNED` is a proposal whose Connects came back when its job ended. Where the client opens the job
again, it stands as it stood before.
"""

from __future__ import annotations

from enum import StrEnum

from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

_S = ProposalStatus
_WAITING = frozenset({_S.SUBMITTED, _S.RETURNED})
_UNDECIDED = _WAITING | {_S.OFFERED}
_STANDING = frozenset(_S) - {_S.WITHDRAWN}


class ProposalAct(StrEnum):
    """An act on a proposal, by its client (until `hire`) or its proposer (from `answer` on)."""

    READ = "read"
    OPEN = "open"
    SHORTLIST = "shortlist"
    MESSAGE = "message"
    DECLINE = "decline"
    RECONSIDER = "reconsider"
    OFFER = "offer"
    HIRE = "hire"
    ANSWER = "answer"
    ANSWER_OFFER = "answer-offer"
    WITHDRAW = "withdraw"


ALLOWED: dict[ProposalAct, frozenset[ProposalStatus]] = {
    ProposalAct.READ: _STANDING,
    ProposalAct.OPEN: _STANDING,
    ProposalAct.SHORTLIST: _UNDECIDED | {_S.DECLINED},
    ProposalAct.MESSAGE: _STANDING,
    # Declining what was offered takes the offer back; declining twice is declining once.
    ProposalAct.DECLINE: _UNDECIDED | {_S.DECLINED},
    # Thinking again twice is thinking again once.
    ProposalAct.RECONSIDER: _UNDECIDED | {_S.DECLINED},
    ProposalAct.OFFER: _UNDECIDED | {_S.DECLINED},
    ProposalAct.HIRE: _STANDING,
    ProposalAct.ANSWER: _STANDING,
    ProposalAct.ANSWER_OFFER: frozenset({_S.OFFERED}),
    ProposalAct.WITHDRAW: _WAITING,
}

# A proposer who also acts for the client earns nothing by these.
EARNING = frozenset(
    {ProposalAct.SHORTLIST, ProposalAct.MESSAGE, ProposalAct.OFFER, ProposalAct.HIRE}
)


def may(act: ProposalAct, proposal: Proposal) -> bool:
    """Whether the proposal's state allows the act; the caller checks the job's."""
    return proposal.status in ALLOWED[act]


def state_problem(act: ProposalAct, proposal: Proposal) -> Refused | None:
    """A refusal with `not_allowed` where the proposal's state does not allow the act."""
    if may(act, proposal):
        return None
    if act is ProposalAct.ANSWER_OFFER and proposal.status != ProposalStatus.WITHDRAWN:
        return not_allowed(Problem.NO_OFFER)
    is_hired = proposal.status == ProposalStatus.HIRED
    return not_allowed(Problem.HIRED_ALREADY if is_hired else Problem.WITHDRAWN)
