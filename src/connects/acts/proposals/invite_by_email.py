"""Invite the owner of an e-mail address: to a job, or into a team.

The hard case is not to tell the inviter who is registered here. So the answer, what is counted, and what
is listed afterwards are the same for every address; only what is sent differs. Who is here gets the
invitation in their account, with a notice. Who is not gets an e-mail with a signed link. As soon as
somebody has registered and confirmed that address, the invitation is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from connects.acts.accounts.invite_to_team import invite_to_team, withdraw_team_invitation
from connects.acts.accounts.sign_up import complete_sign_up
from connects.acts.jobs.end import open_job
from connects.acts.notices.send_account_emails import was_written_since, write_account_email
from connects.acts.oversight.count_acts import count_act
from connects.acts.proposals.invite import invite_to_job
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.limits.table import EMAIL_INVITATIONS
from connects.market.people.models import Account, Membership, User
from connects.market.people.standing import suspended_problem
from connects.market.people.team_roles import managing_problem
from connects.market.profiles.invited import (
    OPEN_FOR,
    address_digest,
    invitation_numbered,
    is_left_alone,
)
from connects.market.profiles.models import AddressLeftAlone, EmailInvitation
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

ADDRESS_CHARACTERS = 254
BETWEEN_EMAILS = timedelta(days=1)
_SALT = "connects.invitation"
_OWNS = (Role.FREELANCER.value, Role.AGENCY_OWNER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What somebody is invited to: a client's job, or an agency's team in a role."""

    by: Account
    job: Job | None = None
    role: Role = Role.AGENCY_MEMBER

    @property
    def key(self) -> dict[str, Any]:
        """What tells its invitation of an address from others."""
        return {"by": self.by, "job": self.job}


def invite_by_email(email: str, target: Target, by: User) -> EmailInvitation | Refused:
    """Invite an address; one that is invited already stays so.

    Refused with `invalid` for what is no address, with `not_allowed` (the inviter's own address, not
    their job or team, too many) or with `job_closed`, never for who the address belongs to.
    """
    now, address = clock_now(), email.strip().lower()
    refused = _address_problem(address, by)
    if refused is not None:
        return refused
    with transaction.atomic():
        # The inviter's row is locked, so that two who invite at once make one invitation.
        Account.objects.select_for_update(of=("self",)).get(pk=target.by.pk)
        refused = _target_problem(target, by)
        if refused is not None:
            return refused
        rows = EmailInvitation.objects.filter(**target.key, email=address, withdrawn=None)
        earlier = rows.filter(invited__gt=now - OPEN_FOR).first()
        if earlier is not None:
            return earlier
        refused = count_act(EMAIL_INVITATIONS, f"account:{target.by.pk}", now)
        if refused is not None:
            return refused
        invitation, _ = EmailInvitation.objects.update_or_create(
            **target.key,
            email=address,
            defaults={
                "role": "" if target.job else target.role.value,
                "invited": now,
                "withdrawn": None,
                "account": None,
            },
        )
        if not _pass_on(invitation):
            _write(invitation, now)
    return invitation


def _address_problem(address: str, by: User) -> Refused | None:
    try:
        validate_email(address)
    except ValidationError:
        return invalid(Problem.NOT_AN_EMAIL, field="email")
    if len(address) > ADDRESS_CHARACTERS:
        return invalid(Problem.NOT_AN_EMAIL, field="email")
    return not_allowed(Problem.SELF_INVITATION) if address == by.email else None


def _target_problem(target: Target, by: User) -> Refused | None:
    if target.job is None:
        return suspended_problem(target.by) or managing_problem(target.by, by, target.role)
    locked = open_job(target.job, target.by)
    return locked if isinstance(locked, Refused) else None


def _pass_on(invitation: EmailInvitation) -> bool:
    """Hand the invitation to who has that address, if anybody can answer it; whether somebody can.

    What stands against it is not told: it would say that the address is known here.
    """
    account = _account_with(invitation.email, into_team=invitation.job is None)
    if account is None:
        return False
    if invitation.job is not None:
        invite_to_job(invitation.job, account, invitation.by)
    else:
        invite_to_team(account, invitation.by, Role(invitation.role))
    invitation.account = account
    invitation.save(update_fields=["account"])
    return True


def _account_with(email: str, *, into_team: bool) -> Account | None:
    """The account of who confirmed that address; only a freelancer's own joins a team."""
    roles = (Role.FREELANCER.value,) if into_team else _OWNS
    rows = Membership.objects.filter(
        user__email=email, user__is_active=True, role__in=roles, account__closed=None
    )
    found = rows.select_related("account").order_by("role", "id").last()
    return None if found is None else found.account


def _write(invitation: EmailInvitation, now: datetime) -> None:
    kind, to = AccountEmailKind.INVITED, invitation.email
    if is_left_alone(to) or was_written_since(kind, to, now - BETWEEN_EMAILS):
        return
    job = invitation.job
    parameters = {"by": invitation.by.name, "job": job.title if job else ""}
    link = reverse("invited", args=[token_of(invitation)])
    write_account_email(kind, to, now, parameters=parameters, link=link)


def token_of(invitation: EmailInvitation) -> str:
    """The signed name of an invitation, for its link."""
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_of(token: str, now: datetime) -> EmailInvitation | None:
    """The invitation of a link, as long as it is open."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return invitation_numbered(int(number), now)


def leave_address_alone(invitation: EmailInvitation, now: datetime) -> None:
    """Never write to that address again with anybody's invitation, and forget those that are open."""
    with transaction.atomic():
        AddressLeftAlone.objects.get_or_create(
            digest=address_digest(invitation.email), defaults={"since": now}
        )
        open_ones = EmailInvitation.objects.filter(email=invitation.email, account=None)
        open_ones.update(withdrawn=now)


def withdraw_email_invitation(by: Account, number: int, person: User) -> EmailInvitation | Refused:
    """Take an invitation to an address back. Refused with `not_allowed` where there is none."""
    now = clock_now()
    with transaction.atomic():
        found = EmailInvitation.objects.filter(by=by, job=None, pk=number, withdrawn=None).first()
        if found is None:
            return not_allowed(Problem.NOT_INVITED_TO_TEAM)
        refused = managing_problem(by, person, Role(found.role))
        if refused is not None:
            return refused
        found.withdrawn = now
        found.save(update_fields=["withdrawn"])
        if found.account is not None:
            withdraw_team_invitation(by, found.account, person)
        return found


def finish_sign_up(user: User) -> Account | Refused | None:
    """Make the account that a confirmed person asked for, with the invitations to their address."""
    with transaction.atomic():
        account = complete_sign_up(user)
        if isinstance(account, Account):
            now = clock_now()
            waiting = EmailInvitation.objects.filter(
                email=user.email, account=None, withdrawn=None, invited__gt=now - OPEN_FOR
            )
            for invitation in waiting.select_related("by", "job").order_by("id"):
                _pass_on(invitation)
    return account


def forget_old_invitations(now: datetime) -> int:
    """Forget addresses of nobody here whose invitation is over; how many."""
    old = EmailInvitation.objects.filter(invited__lt=now - OPEN_FOR, account=None)
    return old.delete()[0]
