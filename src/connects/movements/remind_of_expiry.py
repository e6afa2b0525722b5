"""Remind of expiry: tell a member what they are about to lose, days before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from connects.journal.port import ExpiringLot
from connects.ledger.wallet import Wallet
from connects.vocabulary.events import Event


def remind_of_expiry(
    wallets: Mapping[int, Wallet], lots: Iterable[ExpiringLot], days: int
) -> tuple[Event, ...]:
    """One reminder for each wallet and instant, with what is left of the lots that expire then.

    Lots that are used up by now are not worth a word, nor are those that were issued with no more
    than these days to live (docs/rules.md 3.3).
    """
    left: dict[tuple[int, datetime], int] = defaultdict(int)
    for expiring in lots:
        lot = wallets[expiring.wallet].lot(expiring.lot)
        if lot is not None and lot.issued < expiring.expires - timedelta(days=days):
            left[expiring.wallet, expiring.expires] += lot.credits
    return tuple(
        Event(
            key=f"expiring:{wallet}:{expires.isoformat()}:{days}",
            account=wallet,
            code="connects-expiring",
            parameters={"connects": credits, "expires": expires.isoformat(), "days": days},
        )
        for (wallet, expires), credits in left.items()
    )
