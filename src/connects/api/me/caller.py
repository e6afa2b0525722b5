"""Whose own wallet it is that a member's program asks about."""

from __future__ import annotations

from connects.api.callers import Call, Stopped
from connects.market.keys.models import ApiKey
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import not_allowed


def holder_of_wallet(request: Call) -> Account:
    """The account that the key acts for. Raises `Stopped` for a client's, which holds no wallet."""
    account = request.auth.account
    assert account is not None, "every key acts for an account"
    if not AccountKind(account.kind).holds_wallet:
        raise Stopped.by(not_allowed(Problem.FREELANCERS_ONLY))
    return account


def key_of_call(request: Call) -> ApiKey:
    """The key that was sent."""
    assert request.auth.key is not None, "this operation takes keys alone"
    return request.auth.key
