"""Proposals of a host: charged once under the host's own id, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.credits.release_held import over_already, withdraw_held
from connects.acts.oversight.audited import audited
from connects.acts.proposals.client_acts import decline, hire, message, open_proposal, shortlist
from connects.acts.proposals.hold import HOLD_AT_MOST, hold_proposal, submit_held
from connects.acts.proposals.message import note_answer
from connects.acts.proposals.offer import answer_offer, make_offer
from connects.acts.proposals.submit import COVER_LETTER_CHARACTERS, ProposalForm, submit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.api.callers import Stopped
from connects.api.named import (
    HostId,
    Named,
    checked_id,
    holder_named,
    job_named,
    proposal_named,
    proposals_named,
)
from connects.api.outcomes import (
    Answer,
    Outcome,
    answered,
    digests_of,
    done,
    key_of,
    require_same,
)
from connects.api.problems import HOST_ANSWERS, invalid
from connects.api.proposal_documents import ProposalDocument, proposal_document
from connects.api.quotes import promised
from connects.api.server_keys import HostCall, ServerKey
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import Scope
from connects.market.jobs.fields import BUDGET_CENTS_MOST, HOURLY_CENTS_MOST
from connects.market.proposals.asking import DAYS_MOST, Asking
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal, ProposalStatus
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

router = Router(tags=["proposals"])

Reserved: TypeAlias = Proposal | HeldProposal
HoldSeconds = Annotated[int, Field(strict=True, ge=1, le=int(HOLD_AT_MOST.total_seconds()))]
Spend = Annotated[int, Field(strict=True, ge=0, le=10**6)]


Price = Annotated[int, Field(strict=True, ge=1, le=BUDGET_CENTS_MOST)]
Rate = Annotated[int, Field(strict=True, ge=1, le=HOURLY_CENTS_MOST)]


class ProposalBody(Schema):
    """A proposal that an account sends to a job, with a `quote` or the most that it pays."""

    model_config = ConfigDict(extra="forbid")

    account: Named
    job: Named
    agency: Named | None = Field(
        None, description="The agency that it is sent for; its wallet pays."
    )
    quote: Annotated[str, Field(max_length=400)] | None = None
    max_connects: Spend | None = None
    cover_letter: Annotated[str, Field(max_length=COVER_LETTER_CHARACTERS)] = ""
    price_cents: Price | None = Field(
        None, description="What the freelancer asks for a fixed-price job, in minor units."
    )
    hourly_cents: Rate | None = Field(None, description="What they ask an hour.")
    days: Annotated[int, Field(strict=True, ge=1, le=DAYS_MOST)] | None = Field(
        None, description="How many days they need."
    )
    hold_seconds: HoldSeconds | None = Field(
        None, description="Hold its Connects for so long, and charge them when you submit it."
    )


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


@router.put(
    "/proposals/{id}",
    auth=ServerKey(Scope.CHARGE),
    response={200: ProposalDocument, 201: ProposalDocument, **HOST_ANSWERS},
    operation_id="put_proposal",
    summary="Send a proposal and charge it, or hold its Connects, once",
)
def put_proposal(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    body: ProposalBody,
) -> Answer:
    """Charge a proposal, or hold what it costs for `hold_seconds`, until it is submitted.

    The id is the idempotency key, for ever: the same again is the same answer.
    """
    return answered(response, proposal_put(request, id, body))


@router.post(
    "/proposals",
    auth=ServerKey(Scope.CHARGE),
    response={200: ProposalDocument, 201: ProposalDocument, **HOST_ANSWERS},
    operation_id="post_proposal",
    summary="The same, named by the header `Idempotency-Key`",
)
def post_proposal(request: HostCall, response: HttpResponse, body: ProposalBody) -> Answer:
    """For libraries that know the header alone."""
    return answered(response, proposal_put(request, key_of(request), body))


def proposal_put(request: HostCall, name: str, body: ProposalBody) -> Outcome:
    """What becomes of one proposal that a host sends."""
    checked_id(name)
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    if _is_taken(name):
        return _again(request, name, digests)
    if body.quote is None and body.max_connects is None:
        raise Stopped(422, invalid([{"field": "quote", "problem": Problem.QUOTE_OR_MOST}]))
    answer = _charged(request, name, body, digests)
    if isinstance(answer, Refused):
        # Another call with the same id may have been faster: then this is about what it made.
        if _is_taken(name):
            return _again(request, name, digests)
        raise Stopped.by(answer)
    return Outcome(201, proposal_document(proposal_named(name), request.auth.now))


def _is_taken(name: str) -> bool:
    found = proposals_named([name]).get(name)
    return found is not None and found.external_id == name


def _again(request: HostCall, name: str, digests: dict[str, str]) -> Outcome:
    row = proposal_named(name)
    require_same(row.sent_fields, digests)
    return Outcome(200, proposal_document(row, request.auth.now), replayed=True)


def _charged(
    request: HostCall, name: str, body: ProposalBody, digests: dict[str, str]
) -> Reserved | Refused:
    account, job = holder_named(body.account, "account"), job_named(body.job, "job")
    agency = None if body.agency is None else holder_named(body.agency, "agency")
    quoted: Connects | None = None
    if body.quote is not None:
        quoted = promised(body.quote, agency or account, job, request.auth.now)
    form = ProposalForm(
        key=name,
        max_connects=body.max_connects,
        cover_letter=body.cover_letter,
        agency=agency,
        quoted=quoted,
        asking=Asking(body.price_cents, body.hourly_cents, body.days),
        external_id=name,
        sent_fields=digests,
    )

    seconds = body.hold_seconds

    def note(row: Reserved) -> None:
        # Whoever was faster under this id may have said something else.
        require_same(row.sent_fields, digests)
        act = "charge" if seconds is None else "hold"
        request.auth.note(act, f"proposal:{row.public_id}", id=name)

    if seconds is None:
        return audited(lambda: submit(job, account, form), note)
    return audited(lambda: hold_proposal(job, account, form, seconds), note)


@router.get(
    "/proposals/{id}",
    auth=ServerKey(Scope.READ),
    response={200: ProposalDocument, **HOST_ANSWERS},
    operation_id="get_proposal",
    summary="A proposal",
)
def get_proposal(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """A proposal as it stands, with what was charged and what came back."""
    return proposal_document(proposal_named(id), request.auth.now)


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
    row = proposal_named(id)
    if _is_so(row, event):
        return answered(
            response, Outcome(200, proposal_document(row, request.auth.now), replayed=True)
        )
    done(
        audited(
            lambda: _tell(row, event),
            lambda _: request.auth.note(f"proposal-{event}", f"proposal:{row.public_id}", id=id),
        )
    )
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
