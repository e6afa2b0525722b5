"""Proposals as documents: what answers say of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from ninja import Schema
from pydantic import Field

from connects.api.documents import WalletDocument, present_wallet, wallet_document
from connects.api.named import id_of
from connects.ledger.wallet import Wallet
from connects.market.proposals.held import end_of, state_of_held
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.proposals.pipeline import ProposalState, state_of
from connects.vocabulary.returns import Stage


class Released(StrEnum):
    """Why a reserved proposal was not sent."""

    WITHDRAWN = "withdrawn"
    RAN_OUT = "ran_out"
    JOB_ENDED = "job_ended"
    SUSPENDED = "suspended"


class ProposalDocument(Schema):
    """A proposal: what was charged for it, what came back, and how far it got."""

    id: str
    account: str = Field(description="Whose wallet paid: the agency's, where it was sent for one.")
    proposer: str = Field(description="Who sent it: of an agency's, the member of its team.")
    job: str
    status: ProposalState
    stage: Stage
    price_cents: int | None = Field(description="What the freelancer asks for the whole job.")
    hourly_cents: int | None = Field(description="What the freelancer asks an hour.")
    days: int | None = Field(description="How many days the freelancer needs.")
    connects: int
    held: int = Field(description="Connects that are held for it until it is submitted.")
    confirm_by: datetime | None = Field(
        description="When what is held comes back by itself; null where nothing is."
    )
    released: Released | None = Field(
        description="Why a reserved proposal was not sent; null where it stands, or was sent."
    )
    entry: int | None = Field(
        description="The number of the line that paid, or holds; null where it is free."
    )
    returned: int
    return_reason: str | None
    rule_book: str
    revision: int = Field(description="The job's revision that it was sent to.")
    submitted: datetime | None = Field(description="Null for one that is reserved only.")
    wallet: WalletDocument


def proposal_document(
    row: Proposal | HeldProposal, now: datetime, wallet: Wallet | None = None
) -> dict[str, Any]:
    """The proposal as it stands, sent or reserved. `wallet` is the payer's, where it is known."""
    if isinstance(row, HeldProposal):
        return _reservation_document(row, now, wallet)
    account, agency_by = row.account, row.for_agency_by
    return {
        "id": id_of(row),
        "account": id_of(account),
        "proposer": id_of(agency_by or account),
        "job": id_of(row.job),
        "status": state_of(row).value,
        "stage": row.stage,
        "price_cents": row.price_cents,
        "hourly_cents": row.hourly_cents,
        "days": row.days,
        "connects": row.paid,
        "held": 0,
        "confirm_by": None,
        "released": None,
        "entry": row.spend_entry,
        "returned": row.returned,
        "return_reason": row.return_reason or None,
        "rule_book": row.rule_book,
        "revision": row.revision,
        "submitted": row.submitted,
        "wallet": _payers(row, now, wallet),
    }


def _payers(row: Proposal | HeldProposal, now: datetime, wallet: Wallet | None) -> dict[str, Any]:
    if wallet is None:
        return present_wallet(row.account, now)
    return wallet_document(row.account, wallet, now)


def _reservation_document(
    row: HeldProposal, now: datetime, wallet: Wallet | None
) -> dict[str, Any]:
    end = end_of(row, now)
    return {
        "id": id_of(row),
        "account": id_of(row.account),
        "proposer": id_of(row.for_agency_by or row.account),
        "job": id_of(row.job),
        "status": state_of_held(row, now).value,
        "stage": Stage.UNOPENED,
        **{name: row.form.get(name) for name in ("price_cents", "hourly_cents", "days")},
        "connects": row.connects,
        "held": row.connects if end is None else 0,
        "confirm_by": row.confirm_by if end is None else None,
        "released": None if end is None else end.value,
        "entry": row.hold_entry,
        "returned": 0,
        "return_reason": None,
        "rule_book": row.rule_book,
        "revision": row.revision,
        "submitted": None,
        "wallet": _payers(row, now, wallet),
    }
