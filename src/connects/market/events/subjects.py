"""What an event of the outbox is about, by the host's ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connects.market.external_ids import host_id
from connects.market.jobs.models import Job
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.purchases.models import Purchase
from connects.market.purchases.selectors import purchases_by_reference
from connects.vocabulary.event_types import EVENT_TYPES, TYPE_OF_CODE, passed_on


@dataclass(frozen=True, slots=True)
class Subjects:
    """The rows that some events are about, by the names in their parameters."""

    proposals: Mapping[str, Proposal | HeldProposal]
    jobs: Mapping[str, Job]
    accounts: Mapping[int, Account]
    purchases: Mapping[str, Purchase]

    def told(self, event: OutboxEvent) -> tuple[int | None, dict[str, Any]]:
        """Whose event it is, and its data."""
        proposal = self.proposals.get(_proposal_name(event))
        job = self.jobs.get(str(event.parameters.get("job"))) or (proposal and proposal.job)
        kind = EVENT_TYPES[TYPE_OF_CODE[event.code]]
        account: Account | None = self.accounts.get(event.account_id or 0)
        if kind.of_proposer and proposal is not None:
            account = proposal.account
        data: dict[str, Any] = {} if account is None else {"account": host_id(account)}
        if proposal is not None:
            data["proposal"] = host_id(proposal)
        if job is not None:
            data["job"] = host_id(job)
        purchase = self.purchases.get(_payment_name(event))
        if purchase is not None:
            data["purchase"] = host_id(purchase)
        return None if account is None else account.pk, {
            **data,
            **passed_on(event.code, event.parameters),
        }


def subjects_of(events: Sequence[OutboxEvent]) -> Subjects:
    """What these events are about, with three queries.

    One more where a proposal is reserved only, and one where some are about purchases.
    """
    if not events:
        return Subjects({}, {}, {}, {})
    proposals = Proposal.objects.select_related("job", "account").defer("cover_letter")
    names = {_proposal_name(event) for event in events} - {""}
    jobs = {str(event.parameters["job"]) for event in events if event.parameters.get("job")}
    found: dict[str, Proposal | HeldProposal] = {
        row.public_id: row for row in proposals.filter(public_id__in=names)
    }
    if left := names - found.keys():
        reserved = HeldProposal.objects.select_related("job", "account").defer("form")
        found |= {row.public_id: row for row in reserved.filter(public_id__in=left)}
    return Subjects(
        found,
        {row.public_id: row for row in Job.objects.filter(public_id__in=jobs)},
        Account.objects.in_bulk({event.account_id for event in events if event.account_id}),
        purchases_by_reference(map(_payment_name, events)),
    )


def _payment_name(event: OutboxEvent) -> str:
    return str(event.parameters.get("payment") or "")


def _proposal_name(event: OutboxEvent) -> str:
    return str(event.parameters.get("proposal") or "").removeprefix("proposal:")
