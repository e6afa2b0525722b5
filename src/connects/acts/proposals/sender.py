"""Who proposes when somebody acts for an account."""

from __future__ import annotations

from collections.abc import Collection

from connects.acts.accounts.team import team_of
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind


def sender_of(account: Account, own: Collection[Account]) -> tuple[Account, Account | None]:
    """The account that proposes, and the agency that it does so for, if any.

    `own` are all accounts of the person who acts for `account`: a member of a team proposes for it by
    their own account.
    """
    if account.kind != AccountKind.AGENCY:
        return account, None
    others = [each for each in own if each != account]
    if not others:
        return account, None
    member = next((row.account for row in team_of(account) if row.account in others), None)
    return (account, None) if member is None else (member, account)
