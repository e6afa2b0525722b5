"""Whether one person stands on both sides: acts for a client, and for who proposes to it."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet

from connects.market.people.models import Account, Membership, User
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

OWN_ACCOUNT = not_allowed(Problem.OWN_ACCOUNT)
MANAGERS = (Role.AGENCY_OWNER.value, Role.AGENCY_ADMIN.value)


def own_account_problem(
    client: int, account: Account, sender: Account | None = None, member: User | None = None
) -> Refused | None:
    """A refusal with `not_allowed` where one person stands on both sides of a proposal."""
    if memberships_on_both_sides(client, account, sender, member).exists():
        return OWN_ACCOUNT
    return None


def memberships_on_both_sides(
    client: int | OuterRef,
    account: Account,
    sender: Account | None = None,
    member: User | None = None,
) -> QuerySet[Membership]:
    """The client's memberships of people who gain from a proposal by `account`.

    A freelancer's account gains for all who act for it; an agency's for its owners and admins, for the
    `sender` (the member's own account) and for the `member` who pressed the button. Other members of
    the agency gain nothing, so they may work for the client.
    """
    accounts = [each for each in (account, sender) if each is not None]
    gains = Q(user=member) if member is not None else Q()
    for each in accounts:
        acts = Q(user__memberships__account=each)
        if each.kind == AccountKind.AGENCY:
            acts &= Q(user__memberships__role__in=MANAGERS)
        gains |= acts
    return Membership.objects.filter(gains, account=client)
