"""Lines that only the ledger can play under another rule book: holds, voids, and money that went back.

A recorded lot is found again by the line that issued it; one that was never issued under this rule book
is not reversed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from connects.lab.replay.asked import Asked
from connects.ledger.commands import Reinstate, Return, Reverse, Spend, Void
from connects.ledger.entries import Entry, EntryKind

GRACE = timedelta(days=30)


@dataclass(slots=True)
class Corrected:
    """What was recorded of one wallet, by line; `lots` are new lots by the recorded ones' numbers."""

    asked: Asked
    entries: Mapping[int, Entry]
    lots: dict[int, int] = field(default_factory=dict)
    holds: dict[str, list[int]] = field(default_factory=dict)
    reversals: dict[int, list[int]] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)

    def hold(self, number: int) -> None:
        entry = self.entries[number]
        held = self.asked.ask(
            Spend, f"hold:{entry.reference}", credits=-entry.credits, kind=EntryKind.HOLD
        )
        self.holds.setdefault(entry.reference, []).extend(each.number for each in held)

    def release(self, number: int) -> None:
        entry = self.entries[number]
        held = self.holds.get(entry.reference)
        if not held:
            return
        hold = held.pop()
        self.asked.ask(
            Return,
            f"hold:{entry.reference}",
            self.asked.past_of(hold),
            spend=hold,
            credits=-self.asked.past[hold].credits,
            grace=None,
            kind=EntryKind.RELEASE,
        )

    def reverse(self, number: int) -> None:
        """Take back what was taken back then, of the lot that stands for that one."""
        entry = self.entries[number]
        if not entry.draws or entry.draws[0].lot not in self.lots:
            return
        recorded = entry.draws[0].lot
        self.taken[recorded] = self.taken.get(recorded, 0) + entry.debt_change - entry.credits
        lot = self.asked.past[self.lots[recorded]].lot
        up_to = None if lot is None or self.taken[recorded] >= lot.credits else self.taken[recorded]
        past = self.asked.whole_past()
        taken = self.asked.ask(Reverse, "reverse", past, lot=self.lots[recorded], up_to=up_to)
        self.reversals.setdefault(recorded, []).extend(each.number for each in taken)

    def reinstate(self, number: int) -> None:
        """Undo the last reversal of what the recorded one brought back."""
        entry = self.entries[number]
        whose = [draw.lot for draw in entry.draws if draw.lot in self.reversals]
        recorded = whose[0] if whose else next(reversed(self.reversals), None)
        if recorded is None or not self.reversals[recorded]:
            return
        self.asked.ask(
            Reinstate,
            "reinstate",
            self.asked.whole_past(),
            reversal=self.reversals[recorded].pop(),
            lot=self.lots[recorded],
            grace=GRACE,
        )

    def void(self, number: int) -> None:
        entry = self.entries[number]
        lot = self.asked.wallet.lot(self.lots.get(entry.draws[0].lot, 0)) if entry.draws else None
        if lot is not None:
            self.asked.ask(Void, "void", lot=lot.number, credits=min(-entry.credits, lot.credits))
