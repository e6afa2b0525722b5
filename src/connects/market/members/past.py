"""What an account held at a past instant, from its history and not from the wallet's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.bootstrap.journals import journal
from connects.ledger.entries import Entry
from connects.ledger.past import wallet_at
from connects.ledger.wallet import Wallet
from connects.market.people.models import Account
from connects.vocabulary.amounts import Connects


def account_wallet_at(account: Account, instant: datetime) -> Wallet:
    """The account's whole wallet at that instant (UTC): balance, debt and open lots."""
    entries = (record.entry for record in journal().records(account.pk))
    return wallet_at(account.pk, entries, instant)


@dataclass(frozen=True, slots=True)
class MonthLines:
    """The lines of a wallet in a span of time, oldest first, and the balance before and after them."""

    before: Connects
    entries: tuple[Entry, ...]

    @property
    def after(self) -> Connects:
        return self.entries[-1].balance if self.entries else self.before


def lines_of_month(account: Account, since: datetime, until: datetime) -> MonthLines:
    """What took effect from the first instant on and before the second."""
    before, entries = 0, []
    for record in journal().records(account.pk):
        entry = record.entry
        if entry.effective >= until:
            break
        if entry.effective < since:
            before = entry.balance
        else:
            entries.append(entry)
    return MonthLines(before, tuple(entries))
