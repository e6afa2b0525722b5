"""Expire lots: what has reached its instant leaves the wallets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connects.ledger.commands import Expire


def expiries(rule_books: Mapping[int, str], until: datetime) -> list[Expire]:
    """What is to be posted for all that is due by `until` in wallets, given with their rule books."""
    return [
        Expire(
            wallet=wallet,
            key=f"expire:{until.isoformat()}",
            reference="expiry",
            rule_book=label,
            effective=until,
        )
        for wallet, label in rule_books.items()
    ]
