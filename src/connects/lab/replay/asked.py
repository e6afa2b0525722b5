"""A wallet as the ledger decides it, command by command, and what is counted of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from connects.journal.moments import moment_of
from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import Whole
from connects.ledger.commands import Command
from connects.ledger.decide import NOTHING_PAST, Past, decide
from connects.ledger.entries import Booked, Entry, EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import Refused


@dataclass(slots=True)
class Asked:
    """The wallet, its entries by number, the sums since `since`, and the instant of what happens."""

    since: int
    wallet: Wallet = field(default_factory=lambda: Wallet(1))
    past: dict[int, Entry] = field(default_factory=dict)
    sums: Whole = field(default_factory=lambda: np.zeros(len(k.SUMS), np.int64))
    at: int = 0
    commands: int = 0

    def ask(
        self,
        command: Callable[..., Command],
        reference: str,
        past: Past = NOTHING_PAST,
        **told: Any,
    ) -> list[Entry]:
        """Ask the ledger; the command's entries, none where it refused."""
        self.commands += 1
        asked = command(
            wallet=self.wallet.id,
            key=f"{self.commands}",
            reference=reference,
            rule_book="",
            effective=moment_of(self.at),
            **told,
        )
        answer = decide(self.wallet, asked, past)
        return [] if isinstance(answer, Refused) else self._booked(answer)

    def _booked(self, answer: Booked) -> list[Entry]:
        self.wallet = answer.wallet
        for entry in answer.entries:
            self.past[entry.number] = entry
            if entry.kind is EntryKind.EXPIRE:
                self.count(k.EXPIRED, -entry.credits)
        return [entry for entry in answer.entries if entry.kind is not EntryKind.EXPIRE]

    def count(self, column: int, amount: int) -> None:
        """Add to a sum, where it is counted already."""
        if self.at >= self.since:
            self.sums[column] += amount

    def whole_past(self) -> Past:
        """All of the wallet's entries."""
        return Past(dict(self.past))

    def past_of(self, number: int) -> Past:
        """A spend, the lots that it drew on, and what came back of it."""
        spend = self.past[number]
        told = {number: spend} | {draw.lot: self.past[draw.lot] for draw in spend.draws}
        reference = spend.reference
        back = (e for e in self.past.values() if e.reference == reference and e.number > number)
        return Past(told | {entry.number: entry for entry in back})
