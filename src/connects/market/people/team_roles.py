"""The limits of an agency's admins: they may do less than its owner.

The owner decides who is an admin and what each may spend. An admin manages members: invites and removes
them, and sets their limits up to the admin's own. So no admin can give themselves, or each other, more
than the owner gave them.
"""

from __future__ import annotations

from connects.market.people.models import Account, Membership, TeamMembership, User
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

OWNER_ONLY = not_allowed(Problem.OWNER_ONLY)


def role_in(agency: Account, by: User) -> Role | None:
    """The role in which a person acts for an agency."""
    row = Membership.objects.filter(account=agency, user=by).first()
    return None if row is None else Role(row.role)


def managing_problem(agency: Account, by: User | None, colleague: Role) -> Refused | None:
    """A refusal where `by` may not invite, remove or limit a colleague of that role."""
    role = Role.AGENCY_OWNER if by is None else role_in(agency, by)
    if role is Role.AGENCY_OWNER:
        return None
    if role is Role.AGENCY_ADMIN and colleague is Role.AGENCY_MEMBER:
        return None
    return OWNER_ONLY


def limit_problem(
    agency: Account, by: User | None, most: Connects | None, *, may_spend: bool
) -> Refused | None:
    """A refusal where an admin would give a member more than the owner gave the admin."""
    if by is None or role_in(agency, by) is Role.AGENCY_OWNER:
        return None
    own = TeamMembership.objects.filter(
        agency=agency, account__memberships__user=by, left__isnull=True
    ).first()
    if own is None or not may_spend:
        return None
    if not own.may_spend:
        return not_allowed(Problem.ABOVE_OWN_LIMIT, most=0)
    if own.spends_most is not None and (most is None or most > own.spends_most):
        return not_allowed(Problem.ABOVE_OWN_LIMIT, most=own.spends_most)
    return None
