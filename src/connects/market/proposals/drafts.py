"""Finding the letters that a person has begun; nobody else reads them."""

from __future__ import annotations

from connects.market.jobs.models import Job, JobStatus
from connects.market.pages import Page, page_of
from connects.market.people.models import Account, User
from connects.market.proposals.asking import Asking
from connects.market.proposals.models import ProposalDraft


def drafts_of(account: Account, member: User, text: str, number: int) -> Page[ProposalDraft]:
    """The letters that a person has begun for an account, the last one first."""
    rows = ProposalDraft.objects.filter(account=account, member=member)
    rows = rows.select_related("job", "job__client").defer("job__description")
    rows = rows.filter(job__title__icontains=text) if text else rows
    return page_of(rows.order_by("-saved", "-id"), number)


def count_drafts(account: Account, member: User | None) -> int:
    """How many letters a person has begun for an account."""
    return ProposalDraft.objects.filter(account=account, member=member).count()


def draft_for(job: Job, account: Account, member: User) -> ProposalDraft | None:
    """What a person has begun to write to a job."""
    return ProposalDraft.objects.filter(job=job, account=account, member=member).first()


def waiting_draft(account: Account, member: User) -> ProposalDraft | None:
    """The letter that a person kept last, if its job still takes letters."""
    rows = ProposalDraft.objects.filter(account=account, member=member).select_related("job")
    newest = rows.order_by("-saved", "-id").first()
    return newest if newest is not None and newest.job.status == JobStatus.OPEN else None


def asking_of(draft: ProposalDraft) -> Asking:
    """What the draft asks for, less what its job does not pay by any more."""
    is_fixed = draft.job.kind == "fixed"
    return Asking(
        draft.price_cents if is_fixed else None,
        None if is_fixed else draft.hourly_cents,
        draft.days,
    )
