"""Find what counts twice: returns of one spend, and reversals of one lot.

The journal refuses both when it posts; this finds them in lines that were written earlier, or by
another program. Lines name what they are about by their digest (`ledger.links`). A return whose digest
fits no spend is checked against all that was ever spent, and against what was spent of the lots it
fills.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from connects.ledger.entries import RETURNS, SPENDING, Entry, EntryKind
from connects.ledger.links import (
    already_returned,
    given_back,
    is_reversal_of,
    is_undoing_of,
    takes_all,
    was_issued,
)
from connects.vocabulary.amounts import Connects


@dataclass(slots=True)
class CountedTwice:
    """A pass over one wallet's entries, first to last; `see` returns a sentence for each breach.

    `whole`: the pass began with the first entry, so what is not known was never there.
    """

    whole: bool = True
    _spends: dict[int, Entry] = field(default_factory=dict)
    _back: dict[int, Connects] = field(default_factory=dict)
    _spent_of: dict[int, Connects] = field(default_factory=dict)
    _filled: dict[int, Connects] = field(default_factory=dict)
    _unnamed: Connects = 0
    _issued: set[int] = field(default_factory=set)
    _closed: dict[int, int] = field(default_factory=dict)

    def see(self, entry: Entry) -> Iterator[str]:
        """Go on by one entry."""
        if entry.lot is not None:
            self._issued.add(entry.number)
        if entry.kind in SPENDING:
            self._spends[entry.number] = entry
        for draw in entry.draws:
            # What a lot draws on itself as it is issued pays a debt.
            if entry.kind in SPENDING or draw.lot == entry.number:
                self._spent_of[draw.lot] = self._spent_of.get(draw.lot, 0) - draw.credits
        if entry.kind in RETURNS and not was_issued(entry):
            yield from self._return(entry)
        elif entry.kind is EntryKind.REVERSE:
            yield from self._reversal(entry)
        elif entry.kind is EntryKind.REINSTATE:
            undone = [
                lot for lot, number in self._closed.items() if is_undoing_of(entry, number, lot)
            ]
            for lot in undone:
                del self._closed[lot]

    def _return(self, entry: Entry) -> Iterator[str]:
        spent = self._spend_of(entry)
        if spent is not None:
            back = self._back[spent.number] = self._back.get(spent.number, 0) + given_back(entry)
            if back > -spent.credits:
                yield f"{back} of the {-spent.credits} credits of entry {spent.number} came back"
        else:
            self._unnamed += given_back(entry)
        if not self.whole:
            return
        spent_in_all = -sum(each.credits for each in self._spends.values())
        if self._unnamed + sum(self._back.values()) > spent_in_all:
            yield "more came back than was ever spent"
        for draw in entry.draws:
            filled = self._filled[draw.lot] = self._filled.get(draw.lot, 0) + draw.credits
            if filled > self._spent_of.get(draw.lot, 0):
                yield f"more came back to lot {draw.lot} than was spent of it"

    def _spend_of(self, entry: Entry) -> Entry | None:
        """The spend that a return names; the one with the return's reference nearly always is it."""
        same = (each for each in self._spends.values() if each.reference == entry.reference)
        others = (each for each in self._spends.values() if each.reference != entry.reference)
        for spends in (same, others):
            for spent in spends:
                if already_returned(entry, spent) is not None:
                    return spent
        return None

    def _reversal(self, entry: Entry) -> Iterator[str]:
        lot = self._lot_of(entry)
        if lot is None:
            return
        took_any = bool(entry.credits or entry.debt_change)
        if lot in self._closed and took_any:
            yield f"reverses lot {lot}, which entry {self._closed[lot]} had reversed"
        if takes_all(entry, lot):
            self._closed.setdefault(lot, entry.number)

    def _lot_of(self, entry: Entry) -> int | None:
        if entry.draws:
            return entry.draws[0].lot
        return next((lot for lot in self._issued if is_reversal_of(entry, lot)), None)
