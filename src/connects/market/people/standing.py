"""Whether an account may act at all."""

from __future__ import annotations

from connects.market.people.models import Account
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def closed_problem(account: Account) -> Refused | None:
    """A refusal with `not_allowed` where the account is closed, which is for good."""
    if account.closed is None:
        return None
    return not_allowed(Problem.CLOSED)


def suspended_problem(account: Account) -> Refused | None:
    """A refusal with `not_allowed` where the account is suspended."""
    if account.suspended is None:
        return None
    return not_allowed(Problem.SUSPENDED)
