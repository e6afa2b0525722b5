"""Finding proposals, by who may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, F, Q, QuerySet, Subquery

from connects.market.compiled import Compiled
from connects.market.external_ids import by_name, called
from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.proposals.held import held_by_reference
from connects.market.proposals.models import HeldProposal, Invitation, Proposal
from connects.market.proposals.pipeline import with_hires


def count_paid_back(job: Job) -> int:
    """To how many proposals of an ended job its returns have come so far."""
    return Proposal.objects.filter(job=job, pk__lte=job.paid_back_to).count()


def proposal_for(user: User, public_id: str) -> Proposal | None:
    """The proposal of that name, if the person acts for its account or for its job's client."""
    return (
        with_hires(Proposal.objects.select_related("job", "job__client", "account"))
        .filter(public_id=public_id)
        .filter(_seen_by(user))
        .distinct()
        .first()
    )


def _seen_by(user: User) -> Q:
    return Q(account__memberships__user=user) | Q(job__client__memberships__user=user)


def sent_to(job: Job, account: Account) -> list[Proposal]:
    """All that an account has sent to a job, oldest first: the last one, and what it withdrew before."""
    rows = Proposal.objects.filter(account=account, job=job).defer("cover_letter")
    return list(rows.order_by("pk"))


def own_proposal(account: Account, job: Job) -> Proposal | None:
    """The account's proposal to a job; the last one where it withdrew one and sent another."""
    return Proposal.objects.filter(account=account, job=job).order_by("pk").last()


def proposal_for_agency(account: Account, job: Job) -> Proposal | None:
    """The last proposal to a job that the account sent for an agency."""
    return Proposal.objects.filter(for_agency_by=account, job=job).order_by("pk").last()


def jobs_by_reference(references: set[str]) -> dict[str, Job]:
    """The jobs of proposals, by the proposals' names in the journal."""
    names = [r.removeprefix("proposal:") for r in references if r.startswith("proposal:")]
    rows = Proposal.objects.filter(public_id__in=names).select_related("job")
    found = {row.reference: row.job for row in rows}
    # What was held and never sent is about a job, too.
    left = references - found.keys()
    reserved = held_by_reference(left) if any(r.startswith("proposal:") for r in left) else {}
    return {**{reference: row.job for reference, row in reserved.items()}, **found}


def proposals_called(names: Sequence[str]) -> dict[str, Proposal]:
    """The proposals that a host calls so, by that name, with one query."""
    rows = Proposal.objects.select_related("job", "job__client", "account", "for_agency_by")
    return by_name(called(with_hires(rows), names, "public_id"), "public_id")


def proposer_and_job(account: str, job: str, name: str) -> tuple[Account | None, int | None, bool]:
    """The account and the number of the job that a host calls so, with one query.

    Also whether it has called a reservation `name`, which is then no name for another proposal.
    """
    found: Any = next(iter(_PROPOSER.rows(account, job, name)), None)
    if found is None:
        return None, None, False
    return found, found.job_number, bool(found.is_reserved)


def _proposer(names: Sequence[str]) -> QuerySet[Account]:
    account, job, name = names
    jobs = called(Job.objects.all(), [job], "public_id").order_by(
        F("external_id").desc(nulls_last=True)
    )
    accounts = called(Account.objects.all(), [account], "handle").reverse()
    reserved = HeldProposal.objects.filter(external_id=name)
    return accounts.annotate(
        job_number=Subquery(jobs.values("pk")[:1]), is_reserved=Exists(reserved)
    )


_PROPOSER = Compiled[Account](_proposer)


def proposals_by_reference(references: set[str]) -> dict[str, Proposal]:
    """Proposals with their jobs, by the proposals' names in the journal."""
    names = [r.removeprefix("proposal:") for r in references if r.startswith("proposal:")]
    rows = Proposal.objects.filter(public_id__in=names).select_related("job") if names else ()
    return {row.reference: row for row in rows}


def invitation_to(job: Job, account: Account) -> Invitation | None:
    """The account's invitation to a job."""
    return Invitation.objects.filter(job=job, account=account).first()


def jobs_of(proposals: Collection[str]) -> dict[str, str]:
    """The jobs of these proposals, each by its name; nothing is asked for none."""
    if not proposals:
        return {}
    rows = Proposal.objects.filter(public_id__in=proposals)
    return dict(rows.values_list("public_id", "job__public_id"))
