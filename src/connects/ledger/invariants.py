"""What must hold of every journal, checked without the functions that write it.

This is the auditor: it shares no booking code with the ledger, adds up the columns for itself, and
reports every breach it finds instead of stopping at the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from connects.ledger.counted_twice import CountedTwice
from connects.ledger.entries import LOT_KINDS, RETURNS, SPENDING, Entry, EntryKind
from connects.ledger.wallet import BEGINNING, Wallet
from connects.vocabulary.amounts import Cents, Connects

MOST = 2**31 - 1
FILLING = RETURNS | {EntryKind.REINSTATE}
ISSUING = frozenset(LOT_KINDS) - FILLING


@dataclass(slots=True)
class _LotSum:
    credits: Connects
    cost_cents: Cents


@dataclass(slots=True)
class Audit:
    """A running check over one wallet's entries, first to last. `breaches` are sentences."""

    wallet: int
    breaches: list[str] = field(default_factory=list)
    _last: int = 0
    _balance: Connects = 0
    _debt: Connects = 0
    _held: Connects = 0
    _moment: datetime = BEGINNING
    _lots: dict[int, _LotSum] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _twice: CountedTwice = field(default_factory=CountedTwice)

    @classmethod
    def since(cls, wallet: Wallet, filled_again: Iterable[int] = ()) -> Audit:
        """An audit that goes on from a state that was found whole.

        `filled_again` are lots that were used up by then, and that later entries may fill again. Keys
        of earlier entries are not known to it; the database's unique index holds those. Nor are earlier
        spends and reversals, so what counts twice with one of those is found by a full audit only.
        """
        going_on = cls(wallet.id)
        going_on._twice.whole = not wallet.last_entry
        going_on._last, going_on._balance = wallet.last_entry, wallet.balance
        going_on._debt, going_on._moment = wallet.debt, wallet.moment
        going_on._held = wallet.held
        going_on._lots = {number: _LotSum(0, 0) for number in filled_again}
        going_on._lots |= {lot.number: _LotSum(lot.credits, lot.cost_cents) for lot in wallet.lots}
        return going_on

    def see(self, entry: Entry) -> None:
        """Add the next entry and note whatever does not hold."""
        self._order(entry)
        self._sums(entry)
        self._lot_sums(entry)
        self._amounts(entry)
        for breach in self._twice.see(entry):
            self._note(entry, breach)

    def _note(self, entry: Entry, breach: str) -> None:
        self.breaches.append(f"entry {entry.number}: {breach}")

    def _order(self, entry: Entry) -> None:
        if entry.number != self._last + 1:
            self._note(entry, f"follows entry {self._last}")
        if entry.effective < self._moment:
            self._note(entry, "takes effect before the entry that precedes it")
        if entry.key in self._keys:
            self._note(entry, f"repeats the idempotency key {entry.key}")
        self._keys.add(entry.key)
        self._last, self._moment = entry.number, entry.effective

    def _sums(self, entry: Entry) -> None:
        moved = sum(draw.credits for draw in entry.draws)
        moved += entry.lot.credits if entry.lot else 0
        if moved != entry.credits:
            self._note(entry, f"says {entry.credits} credits, its lots say {moved}")
        self._balance += entry.credits
        self._debt += entry.debt_change
        if entry.balance != self._balance:
            self._note(entry, f"says a balance of {entry.balance}, the sum is {self._balance}")
        if self._balance < 0 or self._debt < 0:
            self._note(entry, "leaves a negative balance or debt")
        # Added up independently, as all here: a hold sets aside, a release gives back or pays a debt.
        if entry.kind is EntryKind.HOLD:
            self._held -= entry.credits
        elif entry.kind is EntryKind.RELEASE:
            self._held -= entry.credits - entry.debt_change
        if self._held < 0:
            self._note(entry, "releases more than is held")

    def _lot_sums(self, entry: Entry) -> None:
        if entry.lot is not None:
            self._lots[entry.number] = _LotSum(entry.lot.credits, entry.lot.cost_cents)
            if entry.lot.number != entry.number or LOT_KINDS.get(entry.kind) != entry.lot.kind:
                self._note(entry, "issues a lot that is not its own")
        for draw in entry.draws:
            lot = self._lots.get(draw.lot)
            if lot is None:
                self._note(entry, f"draws on lot {draw.lot}, which nothing issued")
                continue
            lot.credits += draw.credits
            lot.cost_cents += draw.cost_cents
            if lot.credits < 0 or lot.cost_cents < 0:
                self._note(entry, f"draws more from lot {draw.lot} than it holds")
            if draw.credits > 0 and entry.kind not in FILLING:
                self._note(entry, f"fills lot {draw.lot} without being a return")

    def _amounts(self, entry: Entry) -> None:
        if entry.kind in SPENDING and entry.credits >= 0:
            self._note(entry, "spends nothing")
        brought = entry.credits - entry.debt_change + entry.withheld
        if entry.kind in RETURNS and brought <= 0:
            self._note(entry, "brings nothing back")
        if entry.kind in ISSUING and entry.withheld <= 0 and entry.lot is None:
            self._note(entry, "issues nothing")
        if entry.kind is EntryKind.VOID and entry.credits >= 0:
            self._note(entry, "takes nothing back")
        if entry.kind is EntryKind.WRITE_OFF and entry.debt_change >= 0:
            self._note(entry, "writes nothing off")
        if entry.lot is not None and (entry.lot.credits <= 0 or entry.lot.cost_cents < 0):
            self._note(entry, "issues a lot of nothing, or of less")
        sizes = (
            *(entry.credits, entry.balance, entry.debt_change, entry.withheld),
            *(self._debt, self._held),
        )
        if max(map(abs, sizes)) > MOST:
            self._note(entry, f"counts more than {MOST:,}, which is more than fits")

    def compare(self, wallet: Wallet) -> None:
        """Note where the wallet's stored state is not what its entries add up to."""
        for name, stored, summed in (
            ("last entry", wallet.last_entry, self._last),
            ("balance", wallet.balance, self._balance),
            ("debt", wallet.debt, self._debt),
            ("held", wallet.held, self._held),
        ):
            if stored != summed:
                self.breaches.append(f"wallet: stored {name} {stored}, journal says {summed}")
        stored_lots = {lot.number: (lot.credits, lot.cost_cents) for lot in wallet.lots}
        open_lots = {
            number: (lot.credits, lot.cost_cents)
            for number, lot in self._lots.items()
            if lot.credits
        }
        for number in sorted(stored_lots.keys() | open_lots.keys()):
            if stored_lots.get(number) != open_lots.get(number):
                self.breaches.append(
                    f"wallet: lot {number} stored as {stored_lots.get(number)}, "
                    f"journal says {open_lots.get(number)} (credits, cost in cents)"
                )


def audit(
    wallet: Wallet, entries: Iterable[Entry], checking: Audit | None = None
) -> tuple[str, ...]:
    """Every breach of a wallet's journal, as sentences; empty when all holds.

    `entries` are all of them, or those that follow the state from which `checking` goes on.
    """
    checking = checking or Audit(wallet.id)
    for entry in entries:
        checking.see(entry)
    checking.compare(wallet)
    return tuple(checking.breaches)
