"""Proposals of a host: charged once under the host's own id, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, TypeAlias

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from connects.acts.oversight.audited import audited_once
from connects.acts.proposals.by_name import NamedSubmission, NotFound
from connects.acts.proposals.hold import HOLD_AT_MOST, hold_proposal
from connects.acts.proposals.submission import COVER_LETTER_CHARACTERS, ProposalForm, Submission
from connects.acts.proposals.submit import send, send_named
from connects.acts.proposals.submit_many import Sent
from connects.api.callers import Stopped
from connects.api.named import (
    HostId,
    Named,
    checked_id,
    holder_named,
    job_named,
    proposal_named,
    proposals_named,
    proposer_named,
)
from connects.api.outcomes import (
    Outcome,
    answered_as_made,
    digests_of,
    done,
    key_of,
    require_same,
    turn_of,
)
from connects.api.problems import HOST_ANSWERS
from connects.api.proposal_documents import ProposalDocument, proposal_document
from connects.api.quotes import promise_of, promised, require_quote_or_most
from connects.api.server_keys import Host, HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.external_ids import is_id
from connects.market.jobs.fields import BUDGET_CENTS_MOST, HOURLY_CENTS_MOST
from connects.market.people.models import Account
from connects.market.proposals.asking import DAYS_MOST, Asking
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.trust.models import StaffAct
from connects.vocabulary.amounts import Connects

router = Router(tags=["proposals"])

Reserved: TypeAlias = Proposal | HeldProposal
HoldSeconds = Annotated[int, Field(strict=True, ge=1, le=int(HOLD_AT_MOST.total_seconds()))]
Spend = Annotated[int, Field(strict=True, ge=0, le=10**6)]


Price = Annotated[int, Field(strict=True, ge=1, le=BUDGET_CENTS_MOST)]
Rate = Annotated[int, Field(strict=True, ge=1, le=HOURLY_CENTS_MOST)]


class ProposalBody(BaseModel):
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
) -> HttpResponse:
    """Charge a proposal, or hold what it costs for `hold_seconds`, until it is submitted.

    The id is the idempotency key, for ever: the same again is the same answer.
    """
    return answered_as_made(response, proposal_put(request, id, body))


@router.post(
    "/proposals",
    auth=ServerKey(Scope.CHARGE),
    response={200: ProposalDocument, 201: ProposalDocument, **HOST_ANSWERS},
    operation_id="post_proposal",
    summary="The same, named by the header `Idempotency-Key`",
)
def post_proposal(request: HostCall, response: HttpResponse, body: ProposalBody) -> HttpResponse:
    """For libraries that know the header alone."""
    return answered_as_made(response, proposal_put(request, key_of(request), body))


def proposal_put(request: HostCall, name: str, body: ProposalBody) -> Outcome:
    """What becomes of one proposal that a host sends."""
    checked_id(name)
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    try:
        if body.hold_seconds is None:
            sent = _charged(request, name, body, digests)
            if sent is not None and sent.is_new:
                now = request.auth.now
                return Outcome(201, proposal_document(sent.proposal, now, sent.wallet))
        elif not _is_taken(name) and _held(request, name, body, digests, body.hold_seconds):
            return Outcome(201, proposal_document(proposal_named(name), request.auth.now))
    except Stopped:
        # A name that was used is about what it made, whatever a quote or a job has come to since.
        if not _is_taken(name):
            raise
    return _again(request, name, digests)


def _is_taken(name: str) -> bool:
    found = proposals_named([name]).get(name)
    return found is not None and found.external_id == name


def _again(request: HostCall, name: str, digests: dict[str, str]) -> Outcome:
    row = proposal_named(name)
    require_same(row.sent_fields, digests)
    return Outcome(200, proposal_document(row, request.auth.now), replayed=True)


def _charged(
    request: HostCall, name: str, body: ProposalBody, digests: dict[str, str]
) -> Sent | None:
    """The proposal, sent; None where its name is that of a reservation."""
    named = named_submission(request, name, body, digests)
    answer = None if named is None else send_named(named)
    if answer is None or isinstance(answer, NotFound):
        # What is not there is looked for alone, to say what it is.
        account, job, is_reserved = proposer_named(body.account, body.job, name)
        if is_reserved:
            return None
        form = form_of(request, name, body, digests, account, job)
        answer = send(Submission(job, account, form, audit=_audit(request)))
    sent: Sent = done(answer)
    return sent


def named_submission(
    request: HostCall, name: str, body: ProposalBody, digests: dict[str, str]
) -> NamedSubmission | None:
    """What is sent, to be found by its names; None where it is for an agency, or something is wrong."""
    are_names = is_id(name) and is_id(body.account) and is_id(body.job)
    says_most = body.quote is not None or body.max_connects is not None
    if not are_names or not says_most or body.agency is not None:
        return None
    quoted, quoted_for = None, None
    if body.quote is not None:
        try:
            promise = promise_of(body.quote)
        except Stopped:
            return None
        if request.auth.now > promise.expires:
            return None
        quoted, quoted_for = promise.connects, (promise.account, promise.job)
    form = _form(name, body, digests, quoted)
    return NamedSubmission(body.account, body.job, form, _audit(request), quoted_for)


def _audit(request: HostCall) -> Callable[[Reserved, datetime], StaffAct]:
    return partial(audit_line, request.auth, "charge")


def audit_line(host: Host, act: str, row: Reserved, now: datetime) -> StaffAct:
    """The audit's line for what a host did with a proposal."""
    return host.line(act, f"proposal:{row.public_id}", id=row.external_id)


def _held(
    request: HostCall, name: str, body: ProposalBody, digests: dict[str, str], seconds: int
) -> bool:
    """Hold what it costs; false where a faster request under this name has done something."""
    account, job = holder_named(body.account, "account"), job_named(body.job, "job")
    form = form_of(request, name, body, digests, account, job.pk)

    held = done(
        audited_once(
            turn_of("proposal", name),
            lambda: _is_taken(name) or None,
            lambda: hold_proposal(job, account, form, seconds),
            lambda row: request.auth.note("hold", f"proposal:{row.public_id}", id=name),
        )
    )
    return held is not True


def form_of(
    request: HostCall,
    name: str,
    body: ProposalBody,
    digests: dict[str, str],
    account: Account,
    job: int,
) -> ProposalForm:
    """What is sent, checked as far as it can be without the job. Raises `Stopped`."""
    checked_id(name)
    require_quote_or_most(body.quote, body.max_connects)
    agency = None if body.agency is None else holder_named(body.agency, "agency")
    quoted = promised(body.quote, (agency or account).pk, job, request.auth.now)
    return _form(name, body, digests, quoted, agency)


def _form(
    name: str,
    body: ProposalBody,
    digests: dict[str, str],
    quoted: Connects | None,
    agency: Account | None = None,
) -> ProposalForm:
    return ProposalForm(
        key=name,
        max_connects=body.max_connects,
        cover_letter=body.cover_letter,
        agency=agency,
        quoted=quoted,
        asking=Asking(body.price_cents, body.hourly_cents, body.days),
        external_id=name,
        sent_fields=digests,
    )


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
