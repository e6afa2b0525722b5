"""A consumer of events as hosts write one: it keeps each wallet's highest line, and the balance there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from standardwebhooks import Webhook

from connects.acts.events.send import Answer
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


@dataclass
class Receiver(Consumer):
    """A host's server as deliveries meet it: it answers as its moods say, and checks each signature."""

    secret: str = ""
    moods: Callable[[], Answer] = lambda: Answer(200, "ok")
    calls: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    keeps: bool = True
    count: int = 0
    taken: int = 0
    failed: int = 0
    lock: Lock = field(default_factory=Lock)

    def __call__(self, _url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        with self.lock:
            return self._called(headers, body)

    def _called(self, headers: Mapping[str, str], body: bytes) -> Answer:
        self.count += 1
        if self.keeps:
            self.calls.append((headers, body))
        answer = self.moods()
        self.failed += not answer.is_taken
        # An answer may be lost though the event was taken.
        if self.secret and (answer.is_taken or answer.status is None):
            self.taken += 1
            self.take(self.checked(headers, body))
        return answer

    def checked(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The event, if it was signed as the official library signs it."""
        signed_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        expected = Webhook(self.secret).sign(headers["webhook-id"], signed_at, body.decode())
        assert expected in headers["webhook-signature"].split(" ")
        event: dict[str, Any] = json.loads(body)
        assert event["id"] == headers["webhook-id"]
        return event


def balances_here(names: dict[int, str]) -> dict[str, tuple[int, int, int]]:
    """What a consumer must have: each wallet's last line, balance and debt, by the account's name."""
    return {
        names.get(wallet.id, str(wallet.id)): (wallet.last_entry, wallet.balance, wallet.debt)
        for wallet, _ in journal().wallets()
        if wallet.last_entry
    }
