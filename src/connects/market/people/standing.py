"""Whether an account may act at all."""

from __future__ import annotations

from connects.market.people.models import Account
from connects.vocabulary.refusals import RefusalCode, Refused


def suspended_problem(account: Account) -> Refused | None:
    """A refusal with `not_allowed` where the account is suspended."""
    if account.suspended is None:
        return None
    return Refused(RefusalCode.NOT_ALLOWED, {"problem": "suspended"})
