"""Finding accounts, and who acts for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connects.market.compiled import Compiled
from connects.market.external_ids import by_name, called
from connects.market.people.models import Account, Membership, User
from connects.vocabulary.parties import AccountKind


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
