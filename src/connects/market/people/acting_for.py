"""The accounts that a person acts for, and the one that they act for now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from connects.market.people.models import Account, Membership, User
from connects.vocabulary.parties import AccountKind, Role

CHOSEN_ACCOUNT = "account"
"""Where a session keeps the handle of the account that its person acts for now."""


@dataclass(frozen=True, slots=True)
class ActingFor:
    """A person's account, their role in it, how many of its notices nobody has read yet, and the skills
    that its profile tells of.
    """

    account: Account
    role: Role
    unread: int = 0
    skills: tuple[str, ...] = ()

    @property
    def is_client(self) -> bool:
        return self.account.kind == AccountKind.CLIENT

    @property
    def holds_wallet(self) -> bool:
        return not self.is_client

    @property
    def owns(self) -> bool:
        """Whether the account is the person's own, to close or to set its limit."""
        return self.role in (Role.FREELANCER, Role.AGENCY_OWNER, Role.CLIENT)

    @property
    def may_buy(self) -> bool:
        """Only owners and admins buy for an agency (docs/rules.md 3.1)."""
        return self.role in (Role.FREELANCER, Role.AGENCY_OWNER, Role.AGENCY_ADMIN)


def accounts_of(user: User) -> list[ActingFor]:
    """All accounts that a person acts for, oldest first, with one query."""
    unread = Count("account__notices", filter=Q(account__notices__read__isnull=True))
    rows = Membership.objects.filter(user=user).select_related("account").order_by("id")
    rows = rows.annotate(unread=unread, skills=F("account__profile__skills"))
    return [ActingFor(m.account, Role(m.role), m.unread, tuple(m.skills or ())) for m in rows]


def acting_account(user: User, handle: str | None) -> ActingFor | None:
    """The account of that handle if the person acts for it, else the first of theirs, if any."""
    accounts = accounts_of(user)
    chosen = [acting for acting in accounts if acting.account.handle == handle]
    return next(iter(chosen or accounts), None)
