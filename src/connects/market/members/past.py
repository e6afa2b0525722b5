"""What an account held at a past instant, from its history and not from the wallet's row."""

from __future__ import annotations

from datetime import datetime

from connects.bootstrap.journals import journal
from connects.ledger.past import wallet_at
from connects.ledger.wallet import Wallet
from connects.market.people.models import Account


def account_wallet_at(account: Account, instant: datetime) -> Wallet:
    """The account's whole wallet at that instant (UTC): balance, debt and open lots."""
    entries = (record.entry for record in journal().records(account.pk))
    return wallet_at(account.pk, entries, instant)
