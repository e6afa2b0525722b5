"""Whom a client or an agency has invited."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.profiles.models import AddressLeftAlone, EmailInvitation
from connects.market.proposals.models import Invitation

OPEN_FOR = timedelta(days=30)


def invitations_to(job: Job) -> list[Invitation]:
    """Whom a job's client invited by name, newest first.

    Who was invited by e-mail is left out: that they are here is not the client's to know.
    """
    by_email = EmailInvitation.objects.filter(job=job, account__isnull=False)
    rows = Invitation.objects.filter(job=job).exclude(account__in=by_email.values("account"))
    return list(rows.select_related("account").order_by("-invited", "-id"))


def e_mail_invitations(by: Account, job: Job | None, now: datetime) -> list[EmailInvitation]:
    """The addresses that were invited to the job, or for None into the team, newest first."""
    rows = EmailInvitation.objects.filter(by=by, job=job, withdrawn=None)
    return list(rows.filter(invited__gt=now - OPEN_FOR).order_by("-invited", "-id"))


def invitation_numbered(number: int, now: datetime) -> EmailInvitation | None:
    """The invitation to an address of that number, as long as it is open."""
    rows = EmailInvitation.objects.select_related("by", "job")
    return rows.filter(pk=number, withdrawn=None, invited__gt=now - OPEN_FOR).first()


def address_digest(email: str) -> str:
    """The hash by which an address is known that is to be left alone."""
    return hashlib.sha256(f"left alone:{email.lower()}".encode()).hexdigest()


def is_left_alone(email: str) -> bool:
    """Whether the address's owner wants no invitations."""
    return AddressLeftAlone.objects.filter(digest=address_digest(email)).exists()
