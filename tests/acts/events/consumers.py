"""A consumer of events as hosts write one: it keeps each wallet's highest line, and the balance there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from connects.bootstrap.journals import journal


@dataclass
class Consumer:
    """Balances and debts by account, whatever the order, and however often events come."""

    wallets: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def take(self, event: dict[str, Any]) -> None:
        self.seen.add(event["id"])
        if event["type"] != "wallet.entry":
            return
        data = event["data"]
        told = (data["sequence"], data["balance"], data["debt"])
        self.wallets[data["account"]] = max(told, self.wallets.get(data["account"], (0, 0, 0)))

    def take_all(self, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            self.take(event)


def balances_here(names: dict[int, str]) -> dict[str, tuple[int, int, int]]:
    """What a consumer must have: each wallet's last line, balance and debt, by the account's name."""
    return {
        names.get(wallet.id, str(wallet.id)): (wallet.last_entry, wallet.balance, wallet.debt)
        for wallet, _ in journal().wallets()
        if wallet.last_entry
    }
