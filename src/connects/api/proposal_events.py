"""What happens to a host's proposals: they are submitted, opened, answered, hired."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from django.http import HttpResponse
from ninja import Router

from connects.acts.credits.release_held import over_already, withdraw_held
from connects.acts.oversight.audited import audited_once
from connects.acts.proposals.client_acts import decline, hire, message, open_proposal, shortlist
from connects.acts.proposals.hold import submit_held
from connects.acts.proposals.message import note_answer
from connects.acts.proposals.offer import answer_offer, make_offer
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.api.named import HostId, proposal_named
from connects.api.outcomes import Answer, Outcome, answered, done, turn_of
from connects.api.problems import HOST_ANSWERS
from connects.api.proposal_documents import ProposalDocument, proposal_document
from connects.api.server_keys import HostCall, ServerKey
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import Scope
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal, ProposalStatus
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

router = Router(tags=["proposals"])

Reserved: TypeAlias = Proposal | HeldProposal


class Event(StrEnum):
    """What happens to a proposal at the host."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    OPENED = "opened"
    SHORTLISTED = "shortlisted"
    MESSAGED = "messaged"
    ANSWERED = "answered"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    HIRED = "hired"
    DECLINED = "declined"


@router.post(
    "/proposals/{id}/{event}",
    auth=ServerKey(Scope.CHARGE),
    response={200: ProposalDocument, **HOST_ANSWERS},
    operation_id="tell_proposal",
    summary="Say what has happened to a proposal at the host",
)
def tell_proposal(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    event: Event,
) -> Answer:
    """Note it, with all that follows: stages, returns, rewards. Twice is once."""

    def found() -> Outcome | None:
        row = proposal_named(id)
        if not _is_so(row, event):
            return None
        return Outcome(200, proposal_document(row, request.auth.now), replayed=True)

    answer = done(
        audited_once(
            turn_of("proposal", id),
            found,
            lambda: _tell(proposal_named(id), event),
            lambda row: request.auth.note(f"proposal-{event}", f"proposal:{row.public_id}", id=id),
        )
    )
    if isinstance(answer, Outcome):
        return answered(response, answer)
    return answered(response, Outcome(200, proposal_document(proposal_named(id), request.auth.now)))


def _tell(row: Reserved, event: Event) -> Reserved | Refused:
    if isinstance(row, Proposal):
        return _ACTS[event](row)
    if event is Event.SUBMIT:
        return submit_held(row)
    if event is Event.WITHDRAW:
        return withdraw_held(row, row.account)
    return over_already(row, clock_now()) or not_allowed(Problem.NOT_SENT_YET)


def _is_so(row: Reserved, event: Event) -> bool:
    """Whether that has happened already, so that saying it again changes nothing."""
    if isinstance(row, HeldProposal):
        return event is Event.WITHDRAW and row.end == HoldEnd.WITHDRAWN
    status = row.status
    return {
        Event.SUBMIT: True,  # what is only reserved is no proposal yet
        Event.WITHDRAW: status == ProposalStatus.WITHDRAWN,
        Event.OPENED: row.opened is not None,
        Event.SHORTLISTED: row.shortlisted is not None,
        Event.MESSAGED: row.messaged is not None,
        Event.ANSWERED: False,
        Event.OFFERED: status == ProposalStatus.OFFERED,
        Event.ACCEPTED: status == ProposalStatus.HIRED,
        Event.HIRED: status == ProposalStatus.HIRED,
        Event.DECLINED: status == ProposalStatus.DECLINED,
    }[event]


Told = Callable[[Proposal], Proposal | Refused]
_ACTS: dict[Event, Told] = {
    Event.SUBMIT: lambda row: row,
    Event.WITHDRAW: lambda row: withdraw_proposal(row, row.account),
    Event.OPENED: lambda row: open_proposal(row, row.job.client),
    Event.SHORTLISTED: lambda row: shortlist(row, row.job.client),
    Event.MESSAGED: lambda row: message(row, row.job.client),
    Event.ANSWERED: note_answer,
    Event.OFFERED: lambda row: make_offer(row, row.job.client),
    Event.ACCEPTED: lambda row: answer_offer(row, row.account, accepts=True),
    Event.HIRED: lambda row: hire(row, row.job.client),
    Event.DECLINED: lambda row: decline(row, row.job.client),
}
