"""Reads about people and the accounts that they act for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from connects.market.compiled import Compiled
from connects.market.external_ids import by_name, called
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


def accounts_with_wallets() -> Iterator[int]:
    """The ids of all accounts that hold a wallet, in ascending order."""
    rows = Account.objects.exclude(kind=AccountKind.CLIENT).order_by("pk")
    yield from rows.values_list("pk", flat=True).iterator()


def account_named(handle: str) -> Account | None:
    """The account of that handle, for staff."""
    return Account.objects.filter(handle=handle).first()


def account_with_plan(handle: str) -> Account | None:
    """The same, read together with the plan that it holds, if any."""
    return Account.objects.select_related("subscription").filter(handle=handle).first()


def accounts_called(names: Sequence[str]) -> dict[str, Account]:
    """The accounts that a host calls so, by that name, with one query."""
    return by_name(_CALLED.rows(*names), "handle")


_CALLED = Compiled[Account](lambda names: called(Account.objects.all(), names, "handle"))


def has_address(account: Account, email: str) -> bool:
    """Whether a person with that e-mail address acts for the account."""
    return User.objects.filter(memberships__account=account, email=email.lower()).exists()


def people_of(account: Account) -> list[Membership]:
    """Who acts for an account, with their roles, for staff who may see them."""
    rows = Membership.objects.filter(account=account).select_related("user")
    return list(rows.order_by("id"))
