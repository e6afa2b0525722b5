"""Making and revoking API keys.

A key's secret is 256 random bits, so nobody can try them all, and a plain SHA-256 keeps it: a slow hash
protects what people make up themselves, and would only slow each call down.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from connects.bootstrap.clock import now as clock_now
from connects.market.key_digest import digest_of
from connects.market.keys.models import NAME_CHARACTERS, ApiKey
from connects.market.keys.scopes import KeyScope
from connects.market.people.models import Account, User
from connects.market.people.standing import suspended_problem
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import name_refused

KEYS_MOST = 10
"""How many keys that work a person can hold at a time."""
LIFETIMES = (30, 90, 365)
"""For how many days a key may be made; None: until it is revoked."""


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key: its row, and the whole of it, which is shown once and kept nowhere."""

    row: ApiKey
    secret: str = field(repr=False)


def make_key(
    user: User,
    account: Account,
    name: str,
    scopes: Collection[str] = (KeyScope.QUOTE,),
    days: int | None = None,
) -> MadeKey | Refused:
    """Make a key with which a person's programs do what `scopes` say, for one of their accounts.

    Refused with `not_allowed` where the account is suspended or not theirs, or `invalid` where the name
    is not one, a scope or number of days is not offered, or they hold as many keys as they may.
    """
    refused = _refused(user, account) or _problem(name.strip(), scopes, days)
    if refused is not None:
        return refused
    prefix = f"connects_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_hex(32)}"
    now = clock_now()
    with transaction.atomic():
        # Two made at once wait here for each other, so that both are counted.
        User.objects.select_for_update().get(pk=user.pk)
        works = Q(expires=None) | Q(expires__gt=now)
        if ApiKey.objects.filter(works, user=user, revoked=None).count() >= KEYS_MOST:
            return invalid(Problem.TOO_MANY_KEYS, most=KEYS_MOST)
        row = ApiKey.objects.create(
            user=user,
            account=account,
            name=name.strip(),
            prefix=prefix,
            digest=digest_of(secret),
            scopes=[scope.value for scope in KeyScope if scope in scopes],
            made=now,
            expires=None if days is None else now + timedelta(days=days),
        )
    return MadeKey(row, secret)


def _refused(user: User, account: Account) -> Refused | None:
    if not user.memberships.filter(account=account).exists():
        return not_allowed(Problem.NOT_YOURS)
    return suspended_problem(account)


def _problem(name: str, scopes: Collection[str], days: int | None) -> Refused | None:
    refused = name_refused("name", name, NAME_CHARACTERS)
    if refused is not None:
        return refused
    if not scopes or not set(scopes) <= set(KeyScope):
        return invalid(Problem.UNKNOWN_KEY_SCOPE, field="scopes")
    if days is not None and days not in LIFETIMES:
        return invalid(Problem.UNKNOWN, field="days")
    return None


def revoke_key(user: User, number: int) -> None:
    """A key of the person's own works no longer. One that was revoked stays so."""
    ApiKey.objects.filter(user=user, pk=number, revoked=None).update(revoked=clock_now())
