"""An account's earnings."""

from __future__ import annotations

from connects.market.earnings.models import EarningsBalance
from connects.market.people.models import Account


def earnings_of(account: Account) -> EarningsBalance:
    """What the account has; nothing, where nothing has arrived yet."""
    found = EarningsBalance.objects.filter(account=account).first()
    return found or EarningsBalance(account=account)
