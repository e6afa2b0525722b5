"""The wallet as it was: a history can be cut at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from connects.ledger.entries import Entry
from connects.ledger.replay import replay
from connects.ledger.wallet import Wallet


def wallet_at(wallet_id: int, entries: Iterable[Entry], instant: datetime) -> Wallet:
    """What a wallet held at that instant (UTC), from its entries, first to last.

    What took effect at the instant itself is in it; a lot that expired at it, or before, is not, even
    where the line that says so was written later.
    """
    until_then = takewhile(lambda entry: entry.effective <= instant, entries)
    wallet = replay(wallet_id, until_then)
    return wallet.with_lots(tuple(lot for lot in wallet.lots if lot.live_at(instant)))
