"""What lines of wallets are about, by the host's ids: a proposal with its job, a purchase, a grant."""

from __future__ import annotations

from collections.abc import Iterable

from connects.market.external_ids import host_id
from connects.market.proposals.held import held_by_reference
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.proposals.selectors import proposals_by_reference
from connects.market.purchases.selectors import purchases_by_reference


def subjects_named(references: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the ledger's references stand for, each as programs read it."""
    wanted = set(references)
    sent = proposals_by_reference(wanted)
    rows: dict[str, Proposal | HeldProposal] = {**held_by_reference(wanted - sent.keys()), **sent}
    bought = purchases_by_reference(wanted)
    return {
        **{reference: _as_it_is(reference) for reference in wanted},
        **{
            reference: {"proposal": host_id(row), "job": host_id(row.job)}
            for reference, row in rows.items()
        },
        **{reference: {"purchase": host_id(row)} for reference, row in bought.items()},
    }


def _as_it_is(reference: str) -> dict[str, str]:
    kind, _, rest = reference.partition(":")
    return {kind: rest}
