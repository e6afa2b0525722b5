"""Agencies' teams: who may propose for an agency, on its wallet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.people.models import (
    TEAM_ROLES,
    Account,
    Membership,
    TeamMembership,
    User,
)
from connects.market.people.team_roles import limit_problem, managing_problem
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid, not_allowed


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


def leave_team(account: Account, agency: Account, by: User | None = None) -> Account | Refused:
    """A member leaves; what they sent stays the agency's, and so does what comes back of it.

    `by` is the owner or admin who removes them (None: they go themselves). Refused with `not_member`,
    or `not_allowed` for the only owner and for whom `by` may not remove.
    """
    now = clock_now()
    with transaction.atomic():
        found = member_of(agency, account, now)
        if found is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(agency)})
        refused = managing_problem(agency, by, Role(found.role))
        if refused is not None:
            return refused
        owners = TeamMembership.objects.filter(
            agency=agency, role=Role.AGENCY_OWNER.value, left__isnull=True
        )
        is_owner = found.role == Role.AGENCY_OWNER
        if is_owner and not owners.exclude(pk=found.pk).exists():
            return not_allowed(Problem.LAST_OWNER)
        found.left = now
        found.save(update_fields=["left"])
        people = User.objects.filter(memberships__account=account)
        Membership.objects.filter(account=agency, user__in=people).exclude(
            role=Role.AGENCY_OWNER.value
        ).delete()
        if by is None:
            tell_account(agency.pk, "team-left", agency.handle, now, name=account.name)
        else:
            tell_account(account.pk, "team-removed", agency.handle, now, name=agency.name)
    return account


def set_member_terms(
    agency: Account,
    account: Account,
    most: Connects | None,
    *,
    may_spend: bool,
    by: User | None = None,
) -> Account | Refused:
    """Say whether a member may spend the agency's Connects, and how many in a calendar month.

    `by` is the owner or admin who says so (None: the marketplace itself). Refused with `not_member`, or
    `not_allowed` where an admin would give more than the owner gave them.
    """
    now = clock_now()
    with transaction.atomic():
        found = member_of(agency, account, now)
        if found is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(agency)})
        refused = managing_problem(agency, by, Role(found.role)) or limit_problem(
            agency, by, most, may_spend=may_spend
        )
        if refused is not None:
            return refused
        if (found.spends_most, found.may_spend) != (most, may_spend):
            terms = {"most": most, "may_spend": may_spend, "name": agency.name}
            tell_account(account.pk, "team-terms", agency.handle, now, **terms)
        found.spends_most, found.may_spend = most, may_spend
        found.save(update_fields=["spends_most", "may_spend"])
    return account


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
