"""Proposals as documents: what answers say of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from connects.api.documents import WalletDocument, present_wallet
from connects.api.named import id_of
from connects.market.proposals.models import Proposal
from connects.market.proposals.pipeline import ProposalState, state_of
from connects.market.proposals.references import stage_of
from connects.vocabulary.returns import Stage


class ProposalDocument(Schema):
    """A proposal: what was charged for it, what came back, and how far it got."""

    id: str
    account: str = Field(description="Whose wallet paid: the agency's, where it was sent for one.")
    job: str
    status: ProposalState
    stage: Stage
    price_cents: int | None = Field(description="What the freelancer asks for the whole job.")
    hourly_cents: int | None = Field(description="What the freelancer asks an hour.")
    days: int | None = Field(description="How many days the freelancer needs.")
    connects: int
    entry: int | None = Field(
        description="The number of the line that paid; null where it was free."
    )
    returned: int
    return_reason: str | None
    rule_book: str
    revision: int = Field(description="The job's revision that it was sent to.")
    submitted: datetime
    wallet: WalletDocument


def proposal_document(row: Proposal, now: datetime) -> dict[str, Any]:
    """The proposal as it stands."""
    return {
        "id": id_of(row),
        "account": id_of(row.account),
        "job": id_of(row.job),
        "status": state_of(row).value,
        "stage": stage_of(row),
        "price_cents": row.price_cents,
        "hourly_cents": row.hourly_cents,
        "days": row.days,
        "connects": row.paid,
        "entry": row.spend_entry,
        "returned": row.returned,
        "return_reason": row.return_reason or None,
        "rule_book": row.rule_book,
        "revision": row.revision,
        "submitted": row.submitted,
        "wallet": present_wallet(row.account, now),
    }
