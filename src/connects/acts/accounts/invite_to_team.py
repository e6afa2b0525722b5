"""Invite freelancers to an agency's team, who accept or decline.

Members of a team act for the agency and get its e-mails, so nobody joins without being asked. An
invitation is open for two weeks; one that was accepted, declined or withdrawn stays on record.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.accounts.team import join_team, team_problem
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import now as clock_now
from connects.market.limits.table import TEAM_INVITATIONS
from connects.market.people.models import (
    Account,
    InvitationState,
    TeamInvitation,
    TeamMembership,
    User,
)
from connects.market.people.standing import suspended_problem
from connects.market.people.team_roles import managing_problem
from connects.vocabulary.events import Event
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

OPEN_FOR = timedelta(days=14)


def invite_to_team(
    account: Account, agency: Account, role: Role, by: User | None = None
) -> TeamInvitation | Refused:
    """Invite a freelancer into the team; who is invited already stays so, as what was asked first.

    `by` is the owner or admin who invites (None: the marketplace itself). Refused with `not_allowed`
    or `invalid`.
    """
    refused = (
        team_problem(account, agency, role)
        or suspended_problem(agency)
        or managing_problem(agency, by, role)
    )
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        # The agency's row is locked, so that two who invite at once make one invitation.
        Account.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        if TeamMembership.objects.filter(agency=agency, account=account, left=None).exists():
            return invalid(Problem.IN_TEAM_ALREADY, field="account")
        earlier = _open(agency, account, now)
        if earlier is not None:
            return earlier
        refused = count_act(TEAM_INVITATIONS, f"account:{agency.pk}", now)
        if refused is not None:
            return refused
        invitation = TeamInvitation.objects.create(
            agency=agency, account=account, role=role.value, invited=now, expires=now + OPEN_FOR
        )
        _tell(invitation, account.pk, "team-invited", agency.name, now)
        return invitation


def answer_team_invitation(
    agency: Account, account: Account, *, accepts: bool
) -> TeamInvitation | Refused:
    """The freelancer accepts, and is in the team from now on, or declines.

    Refused with `not_allowed` where no invitation is open, or who accepts is suspended.
    """
    now = clock_now()
    with transaction.atomic():
        invitation = _open(agency, account, now)
        if invitation is None:
            return not_allowed(Problem.NOT_INVITED_TO_TEAM)
        if accepts:
            joined = suspended_problem(account) or join_team(account, agency, Role(invitation.role))
            if isinstance(joined, Refused):
                return joined
        _end(invitation, InvitationState.ACCEPTED if accepts else InvitationState.DECLINED, now)
        _tell(invitation, agency.pk, "team-invitation-answered", account.name, now)
        return invitation


def withdraw_team_invitation(
    agency: Account, account: Account, by: User | None = None
) -> TeamInvitation | Refused:
    """The agency takes an open invitation back. Refused with `not_allowed`."""
    now = clock_now()
    with transaction.atomic():
        invitation = _open(agency, account, now)
        if invitation is None:
            return not_allowed(Problem.NOT_INVITED_TO_TEAM)
        refused = managing_problem(agency, by, Role(invitation.role))
        if refused is not None:
            return refused
        _end(invitation, InvitationState.WITHDRAWN, now)
        _tell(invitation, account.pk, "team-invitation-withdrawn", agency.name, now)
        return invitation


def invitations_by(agency: Account, now: datetime) -> list[TeamInvitation]:
    """The agency's open invitations, newest first."""
    rows = TeamInvitation.objects.filter(agency=agency, state=InvitationState.OPEN, expires__gt=now)
    return list(rows.select_related("account").order_by("-invited", "-id"))


def team_invitations_to(account: Account, now: datetime) -> list[TeamInvitation]:
    """The open invitations into teams that a freelancer has got, newest first."""
    rows = TeamInvitation.objects.filter(
        account=account, state=InvitationState.OPEN, expires__gt=now
    )
    return list(rows.select_related("agency").order_by("-invited", "-id"))


def _open(agency: Account, account: Account, now: datetime) -> TeamInvitation | None:
    rows = TeamInvitation.objects.select_for_update(of=("self",)).filter(
        agency=agency, account=account, state=InvitationState.OPEN, expires__gt=now
    )
    return rows.first()


def _end(invitation: TeamInvitation, state: InvitationState, now: datetime) -> None:
    invitation.state, invitation.answered = state, now
    invitation.save(update_fields=["state", "answered"])


def _tell(invitation: TeamInvitation, account: int, code: str, name: str, now: datetime) -> None:
    event = Event(
        key=f"{code}:{invitation.pk}",
        account=account,
        code=code,
        parameters={
            "name": name,
            "role": Role(invitation.role).value.removeprefix("agency-"),
            "expires": invitation.expires.isoformat(),
            "answer": invitation.state,
        },
    )
    put_in_outbox([event], now)
