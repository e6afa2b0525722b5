"""Leave an agency's team, or be removed from it."""

from __future__ import annotations

from django.db import transaction

from connects.acts.accounts.team import member_of
from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.people.models import (
    Account,
    Membership,
    TeamMembership,
    User,
)
from connects.market.people.team_roles import managing_problem
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


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
