"""Proposals that are reserved: their Connects are held, and nobody has sent them yet.

A host's program holds Connects first, then writes its own row, then submits. Until it does, there is
no proposal: the client sees nothing, and nothing counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from connects.market.external_ids import by_name, called
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.models import HeldProposal, HoldEnd
from connects.market.proposals.pipeline import ProposalState
from connects.vocabulary.amounts import Connects


def live() -> QuerySet[HeldProposal]:
    """The reservations that stand."""
    return HeldProposal.objects.filter(ended__isnull=True)


def reservations_of(account: Account) -> list[HeldProposal]:
    """What an account has reserved, as the member sees it: what runs out first at the top."""
    rows = live().filter(account=account).select_related("job", "job__client", "for_agency_by")
    return list(rows.order_by("confirm_by", "id"))


def reservation_of(account: Account, public_id: str) -> HeldProposal | None:
    """One of the account's own reservations."""
    return HeldProposal.objects.filter(account=account, public_id=public_id).first()


def last_reservation(account: Account, job: Job) -> HeldProposal | None:
    """What an account reserved for a job, for itself or an agency, and did not send, the latest first."""
    rows = HeldProposal.objects.filter(reserved_by(account), job=job)
    return rows.exclude(end=HoldEnd.SUBMITTED).order_by("-id").first()


def held_for_proposals(account: Account, by: int | None = None) -> Connects:
    """How many Connects an account's reservations hold; those of one member of an agency's team."""
    rows = live().filter(account=account)
    if by is not None:
        rows = rows.filter(for_agency_by=by)
    return rows.aggregate(connects=Sum("connects"))["connects"] or 0


def held_by_members(agency: Account) -> dict[int, Connects]:
    """How many of an agency's Connects its members' reservations hold, by the members' accounts."""
    rows = live().filter(account=agency, for_agency_by__isnull=False)
    return dict(rows.values_list("for_agency_by").annotate(held=Sum("connects")).order_by())


def reservations_called(names: Sequence[str]) -> dict[str, HeldProposal]:
    """The reservations that a host calls so, by that name, with one query."""
    rows = HeldProposal.objects.select_related("job", "job__client", "account", "for_agency_by")
    return by_name(called(rows, names, "public_id"), "public_id")


def held_by_reference(references: set[str]) -> dict[str, HeldProposal]:
    """Reservations with their jobs, by their names in the journal; those that were sent among them."""
    names = [r.removeprefix("proposal:") for r in references if r.startswith("proposal:")]
    rows = HeldProposal.objects.filter(public_id__in=names).select_related("job") if names else ()
    return {reference_of_held(row): row for row in rows}


def reference_of_held(row: HeldProposal) -> str:
    """Its name in the journal, which the proposal that it becomes has, too."""
    return f"proposal:{row.public_id}"


def state_of_held(row: HeldProposal, now: datetime) -> ProposalState:
    """The state of one that was not sent, as programs and people see it."""
    if row.end == HoldEnd.JOB_ENDED:
        return ProposalState.CLOSED
    is_over = row.ended is not None or row.confirm_by <= now
    return ProposalState.WITHDRAWN if is_over else ProposalState.HELD


def end_of(row: HeldProposal, now: datetime) -> HoldEnd | None:
    """What became of it; one whose time is over has run out, be it swept or not."""
    if row.end:
        return HoldEnd(row.end)
    return HoldEnd.RAN_OUT if row.confirm_by <= now else None


def reserved_by(account: Account) -> Q:
    """The reservations that an account made, for itself or for an agency."""
    return Q(account=account) | Q(for_agency_by=account)
