"""Agencies' teams: who may propose for an agency, on its wallet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import (
    TEAM_ROLES,
    Account,
    Membership,
    TeamMembership,
    User,
)
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def team_problem(account: Account, agency: Account, role: Role) -> Refused | None:
    """A refusal with `invalid` where one of them is not what it must be."""
    fits = agency.kind == AccountKind.AGENCY and account.kind == AccountKind.FREELANCER
    if fits and role in TEAM_ROLES:
        return None
    return invalid(Problem.NOT_A_TEAM, field="agency")


def join_team(
    account: Account, agency: Account, role: Role = Role.AGENCY_MEMBER
) -> TeamMembership | Refused:
    """Add a freelancer to an agency's team as an owner, an admin or a member; once.

    Everyone but the founder is asked first (`team_invitations`). Refused with `invalid` if the account
    is not a freelancer or the agency is not one.
    """
    refused = team_problem(account, agency, role)
    if refused is not None:
        return refused
    with transaction.atomic():
        found, _ = TeamMembership.objects.get_or_create(
            agency=agency,
            account=account,
            left__isnull=True,
            defaults={"joined": clock_now(), "role": role.value},
        )
        for user in User.objects.filter(memberships__account=account):
            Membership.objects.get_or_create(
                user=user, account=agency, defaults={"role": role.value}
            )
        return found


def member_of(agency: Account, account: Account, at: datetime) -> TeamMembership | None:
    """The account's membership in the team at that instant, locked, so that it cannot end meanwhile."""
    rows = TeamMembership.objects.select_for_update(of=("self",)).filter(
        agency=agency, account=account, joined__lte=at
    )
    return rows.filter(left__isnull=True).first()


def team_of(agency: Account) -> list[TeamMembership]:
    """The agency's team now, by name."""
    rows = TeamMembership.objects.filter(agency=agency, left__isnull=True)
    return list(rows.select_related("account").order_by("account__name"))
