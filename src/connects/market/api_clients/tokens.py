"""Tokens of accounts: which works, and clearing those whose time is over."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from connects.market.api_clients.models import AccountToken
from connects.market.key_digest import digest_of

PREFIX = "cat_"
KEPT_FOR = timedelta(days=1)
_TOKEN = re.compile(r"cat_[0-9a-f]{64}")


def account_token(token: str) -> AccountToken | None:
    """The row of a token, with its account, be it expired or not.

    None for what is no token, or whose client was revoked.
    """
    if _TOKEN.fullmatch(token) is None:
        return None
    rows = AccountToken.objects.select_related("account")
    return rows.filter(digest=digest_of(token), client__revoked=None).first()


def clear_account_tokens(now: datetime) -> None:
    """Forget those that expired a day ago; until then who sends one is told that it has."""
    AccountToken.objects.filter(expires__lt=now - KEPT_FOR).delete()
