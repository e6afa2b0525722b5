"""Expire lots: what has reached its instant leaves the wallets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connects.journal.post import Journal
from connects.ledger.commands import Expire


def expire_lots(
    journal: Journal, rule_books: Mapping[int, str], until: datetime, now: datetime
) -> None:
    """Expire all that is due by `until` in these wallets, given with their rule books' labels."""
    commands = [
        Expire(
            wallet=wallet,
            key=f"expire:{until.isoformat()}",
            reference="expiry",
            rule_book=label,
            effective=until,
        )
        for wallet, label in rule_books.items()
    ]
    journal.post(commands, now)
