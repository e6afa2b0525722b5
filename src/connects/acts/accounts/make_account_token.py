"""Making a token with which a host's pages or app read one account for a quarter of an hour."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import AccountToken, ApiClient
from connects.market.api_clients.tokens import PREFIX
from connects.market.key_digest import digest_of
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

WORKS_FOR = timedelta(minutes=15)
_ORIGIN = re.compile(
    r"https://[a-z0-9.-]{1,180}(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?"
)


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token: its row, and the whole of it, which is kept nowhere."""

    row: AccountToken
    secret: str = field(repr=False)


def make_account_token(
    client: ApiClient, account: Account, origin: str = ""
) -> MadeToken | Refused:
    """Make a token for an account; pages of `origin` alone may use it, and none where it is empty.

    Refused with `not_allowed` for a suspended account, and with `invalid` for what is no origin.
    """
    refused = suspended_problem(account)
    if refused is not None:
        return refused
    if origin and _ORIGIN.fullmatch(origin) is None:
        return invalid(Problem.NOT_AN_ORIGIN, field="origin")
    now, secret = clock_now(), f"{PREFIX}{secrets.token_hex(32)}"
    row = AccountToken.objects.create(
        client=client,
        account=account,
        digest=digest_of(secret),
        origin=origin,
        made=now,
        expires=now + WORKS_FOR,
    )
    return MadeToken(row, secret)
