"""A member's own proposals, for the member's own programs: listing, sending and withdrawing them.

They go through the same door as those of pages, so that spending limits and an agency's rules hold, and
the member is told of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.credits.forecast_returns import most_of, still_back
from connects.acts.proposals.by_program import (
    key_of_program,
    send_by_program,
    sender_by,
    withdraw_by_program,
)
from connects.acts.proposals.submission import COVER_LETTER_CHARACTERS, ProposalForm
from connects.acts.proposals.submit_many import Sent
from connects.api.callers import ApiKeyHolder, Call
from connects.api.cursors import Cursor, Limit, cursor_for, place_in
from connects.api.me.caller import holder_of_wallet, key_of_call
from connects.api.me.jobs import job_seen
from connects.api.named import HostId, Named, checked_id, unknown
from connects.api.outcomes import (
    Answer,
    Outcome,
    answered,
    digests_of,
    done,
    key_of,
    require_same,
)
from connects.api.problems import OWN_ANSWERS
from connects.api.proposal_documents import ProposalDocument, proposal_document
from connects.api.proposals import Price, Rate, Spend
from connects.api.quotes import promised, require_quote_or_most
from connects.api.token_holders import readers
from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.keys.scopes import KeyScope
from connects.market.people.models import Account
from connects.market.proposals.asking import DAYS_MOST, Asking
from connects.market.proposals.held import reservations_of
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal, ProposalStatus
from connects.market.proposals.own_list import own_called, own_with_key, sent_before

router = Router(tags=["me"])
READS, PROPOSES = readers(KeyScope.READ), ApiKeyHolder(KeyScope.PROPOSE)


class Which(StrEnum):
    """Which proposals are listed: as the tabs of the page have them, or what is only reserved."""

    ALL = "all"
    ACTIVE = "active"
    INTERVIEWS = "interviews"
    OFFERS = "offers"
    HIRED = "hired"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    RESERVED = "reserved"


class OwnProposal(ProposalDocument):
    """A proposal of yours, and the most of it that may still come back."""

    title: str = Field(description="The job's title.")
    may_come_back: int


class ListedProposals(Schema):
    items: list[OwnProposal]
    next: str | None


class OwnProposalBody(Schema):
    """A proposal to a job, with a `quote` or the most that you pay."""

    model_config = ConfigDict(extra="forbid")

    job: Named
    quote: Annotated[str, Field(max_length=400)] | None = None
    max_connects: Spend | None = None
    cover_letter: Annotated[str, Field(max_length=COVER_LETTER_CHARACTERS)] = ""
    price_cents: Price | None = Field(
        None, description="What you ask for a fixed-price job, in minor units."
    )
    hourly_cents: Rate | None = Field(None, description="What you ask an hour.")
    days: Annotated[int, Field(strict=True, ge=1, le=DAYS_MOST)] | None = Field(
        None, description="How many days you need."
    )


@router.get(
    "/me/proposals",
    auth=READS,
    response={200: ListedProposals, **OWN_ANSWERS},
    operation_id="own_proposals",
    summary="Your proposals, newest first",
)
def own_proposals(
    request: Call,
    which: Annotated[Which, Query()] = Which.ALL,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """What became of each, what it cost, what came back and what still may."""
    account = holder_of_wallet(request)
    if which is Which.RESERVED:
        return _listed(account, request, reservations_of(account), None)
    name = f"proposals:{which}:{account.pk}"
    found = sent_before(account, which.value, place_in(name, cursor), limit + 1)
    shown = found[:limit]
    follows = cursor_for(name, shown[-1].pk) if len(found) > limit else None
    return _listed(account, request, shown, follows)


def _listed(
    account: Account, request: Call, rows: Sequence[Proposal | HeldProposal], follows: str | None
) -> dict[str, Any]:
    wallet = journal().wallet(account.pk)
    for row in rows:
        row.account = account
    return {"items": [_document(row, request, wallet) for row in rows], "next": follows}


@router.get(
    "/me/proposals/{id}",
    auth=READS,
    response={200: OwnProposal, **OWN_ANSWERS},
    operation_id="own_proposal",
    summary="A proposal of yours",
)
def own_proposal(request: Call, id: HostId) -> dict[str, Any]:  # noqa: A002
    """A proposal as it stands, with what it cost and what came back."""
    return _document(_own(request, id), request)


@router.post(
    "/me/proposals",
    auth=PROPOSES,
    response={200: OwnProposal, 201: OwnProposal, **OWN_ANSWERS},
    operation_id="propose",
    summary="Send a proposal and pay for it, once",
)
def propose(request: Call, response: HttpResponse, body: OwnProposalBody) -> Answer:
    """Name it by the header `Idempotency-Key`: the same again is the same answer, for ever."""
    account = holder_of_wallet(request)
    name = key_of_program(checked_id(key_of(request), "Idempotency-Key"))
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    earlier = own_with_key(account, name)
    if earlier is not None:
        return answered(response, _again(request, earlier, digests))
    job = job_seen(account, body.job, "job")
    require_quote_or_most(body.quote, body.max_connects)
    sender, agency = sender_by(key_of_call(request))
    form = ProposalForm(
        key=name,
        max_connects=body.max_connects,
        cover_letter=body.cover_letter,
        agency=agency,
        quoted=promised(body.quote, account.pk, job.pk, request.auth.now),
        asking=Asking(body.price_cents, body.hourly_cents, body.days),
        sent_fields=digests,
    )
    sent: Sent = done(send_by_program(key_of_call(request), job, sender, form))
    if not sent.is_new:
        return answered(response, _again(request, sent.proposal, digests))
    document = _document(sent.proposal, request, sent.wallet)
    return answered(response, Outcome(201, document))


@router.post(
    "/me/proposals/{id}/withdraw",
    auth=PROPOSES,
    response={200: OwnProposal, **OWN_ANSWERS},
    operation_id="withdraw",
    summary="Withdraw a proposal of yours, or let a reservation go",
)
def withdraw(request: Call, response: HttpResponse, id: HostId) -> Answer:  # noqa: A002
    """What comes back is in `returned`: the rule book says for how many minutes. Twice is once."""
    row = _own(request, id)
    was = row.end if isinstance(row, HeldProposal) else row.status
    if was in (HoldEnd.WITHDRAWN, ProposalStatus.WITHDRAWN):
        return answered(response, Outcome(200, _document(row, request), replayed=True))
    done(withdraw_by_program(key_of_call(request), row))
    return answered(response, Outcome(200, _document(_own(request, id), request)))


def _own(request: Call, name: str) -> Proposal | HeldProposal:
    """The account's own proposal of that id, sent or reserved. Raises `Stopped` for none."""
    found = own_called(holder_of_wallet(request), checked_id(name))
    if found is None:
        raise unknown("proposal", name, None)
    return found


def _again(request: Call, row: Proposal, digests: dict[str, str]) -> Outcome:
    require_same(row.sent_fields, digests)
    return Outcome(200, _document(row, request), replayed=True)


def _document(
    row: Proposal | HeldProposal, request: Call, wallet: Wallet | None = None
) -> dict[str, Any]:
    now = request.auth.now
    cases = still_back(row, now) if isinstance(row, Proposal) else ()
    return {
        **proposal_document(row, now, wallet),
        "title": row.job.title,
        "may_come_back": most_of(cases),
    }
