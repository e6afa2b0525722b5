"""Where a lot's Connects are now: in the lot, in lots that came back late, spent, or gone.

A reversal must find again what its lot's Connects became. Spent ones that came back too late for their
lot stand in a lot of kind `return`, perhaps beside those of other lots, and may have been spent and come
back from there. So the wallet's lines are gone through once more, and each lot is kept as a queue of runs
`[root, credits]`: the root is the lot that was bought or given. A spend takes from the front, and what
comes back of it comes in the opposite order, as in `booking.give_back`. A capture takes from the back
what the release just before it has put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from connects.ledger.booking.give_back import parts_given_back
from connects.ledger.entries import RETURNS, SPENDING, Entry, EntryKind
from connects.ledger.links import (
    already_returned,
    given_back,
    is_capture_of,
    is_reversal_of,
    is_undoing_of,
    takes_all,
)
from connects.vocabulary.amounts import Connects


class Run(NamedTuple):
    """Neighbouring Connects of one lot with the same root."""

    root: int
    credits: Connects


@dataclass(slots=True)
class Trace:
    """Where the Connects of the lot `root` are. Build it with `trace`.

    `spent` is how many of them are paid for something, debt with it, and did not come back; `taken`
    how many reversals took. It is `closed` once one has taken all. `reversals` are what each of them
    took, by its number, until it is undone.
    """

    root: int
    queues: dict[int, list[Run]] = field(default_factory=dict)
    spends: dict[int, tuple[Entry, dict[int, list[Run]]]] = field(default_factory=dict)
    returned: dict[int, Connects] = field(default_factory=dict)
    spent: Connects = 0
    reversals: dict[int, Connects] = field(default_factory=dict)
    closed_by: int | None = None
    released: int | None = None
    """The hold of which the line before was a release."""

    @property
    def taken(self) -> Connects:
        return sum(self.reversals.values())

    def held(self, lot: int) -> Connects:
        """How many of the root's Connects that lot holds."""
        return sum(run.credits for run in self.queues.get(lot, ()) if run.root == self.root)

    def see(self, entry: Entry) -> None:
        """Go on by one line."""
        released, self.released = self.released, None
        if entry.kind in SPENDING:
            captures = released is not None and is_capture_of(entry, released)
            take = self._take_last if captures else self._take
            drawn = {draw.lot: take(draw.lot, -draw.credits) for draw in entry.draws}
            self.spends[entry.number] = entry, drawn
            self.spent += sum(self._own(runs) for runs in drawn.values())
        elif entry.kind in RETURNS:
            self._give_back(entry)
        elif entry.kind is EntryKind.REVERSE:
            self._reverse(entry)
        elif entry.kind is EntryKind.REINSTATE:
            self._reinstate(entry)
        else:
            self._issue_or_lose(entry)

    def _issue_or_lose(self, entry: Entry) -> None:
        if entry.lot is not None:
            self.queues[entry.number] = [Run(entry.number, entry.lot.credits)]
        for draw in entry.draws:
            gone = self._own(self._take(draw.lot, -draw.credits))
            if draw.lot == entry.number:
                self.spent += gone  # it paid a debt as it was issued

    def _give_back(self, entry: Entry) -> None:
        """What comes back of a spend, Connect by Connect; the lines do not say which these are."""
        found = self._spend_of(entry)
        fills = {draw.lot: draw.credits for draw in entry.draws}
        late: list[Run] = []
        if found is not None:
            spent, drawn, already = found
            self.released = spent.number if entry.kind is EntryKind.RELEASE else None
            parts = parts_given_back(spent, already, given_back(entry), -entry.debt_change)
            skipped = _skipped(spent, already)
            for part in parts:
                runs = _slice(drawn[part.lot][::-1], skipped.get(part.lot, 0), part.credits)
                self.spent -= self._own(runs)
                if part.lot in fills:
                    self._queue(part.lot).extend(runs)
                else:
                    late.extend(runs)
        if entry.lot is not None:
            self.queues[entry.number] = late or [Run(entry.number, entry.lot.credits)]

    def _spend_of(self, entry: Entry) -> tuple[Entry, dict[int, list[Run]], Connects] | None:
        """The spend that a return is of, what it took, and how much came back of it before."""
        for spent, drawn in sorted(
            self.spends.values(), key=lambda each: each[0].reference != entry.reference
        ):
            said = already_returned(entry, spent)
            if said is not None:
                already = max(said, self.returned.get(spent.number, 0))
                self.returned[spent.number] = already + given_back(entry)
                return spent, drawn, already
        return None

    def _reverse(self, entry: Entry) -> None:
        own = is_reversal_of(entry, self.root)
        target = self.root if own else (entry.draws[0].lot if entry.draws else None)
        for draw in entry.draws:
            self._take_root(draw.lot, target, -draw.credits)
        if own:
            self.spent -= entry.debt_change
            self.reversals[entry.number] = entry.debt_change - entry.credits
            if takes_all(entry, self.root):
                self.closed_by = entry.number

    def _reinstate(self, entry: Entry) -> None:
        """What a reversal took is back, from the front of the line's draws on."""
        target = entry.draws[0].lot
        for draw in entry.draws:
            if draw.credits:
                self._queue(draw.lot).append(Run(target, draw.credits))
        if entry.lot is not None:
            self.queues[entry.number] = [Run(target, entry.lot.credits)]
        for number in [n for n in self.reversals if is_undoing_of(entry, n, self.root)]:
            # What paid a debt is used, as it was.
            self.spent += self.reversals.pop(number) - entry.credits
            if self.closed_by == number:
                self.closed_by = None

    def _queue(self, lot: int) -> list[Run]:
        return self.queues.setdefault(lot, [])

    def _own(self, runs: Iterable[Run]) -> Connects:
        return sum(run.credits for run in runs if run.root == self.root)

    def _take(self, lot: int, credits: Connects) -> list[Run]:
        """The first so many Connects of a lot; it loses them."""
        queue = self._queue(lot)
        taken = _slice(queue, 0, credits)
        queue[:] = _slice(queue, credits, sum(run.credits for run in queue))
        return taken

    def _take_last(self, lot: int, credits: Connects) -> list[Run]:
        """The last so many Connects of a lot, in the order in which they once were first."""
        queue = self._queue(lot)
        before = sum(run.credits for run in queue) - credits
        taken = _slice(queue, before, credits)
        queue[:] = _slice(queue, 0, before)
        return taken[::-1]

    def _take_root(self, lot: int, root: int | None, credits: Connects) -> None:
        """A lot loses so many Connects of that root, from the front."""
        kept = []
        for run in self._queue(lot):
            gone = min(run.credits, credits) if run.root == root else 0
            credits -= gone
            if run.credits > gone:
                kept.append(Run(run.root, run.credits - gone))
        self.queues[lot] = kept


def trace(root: int, entries: Iterable[Entry]) -> Trace:
    """Where the Connects of that lot are after all of the wallet's lines."""
    traced = Trace(root)
    for entry in sorted(entries, key=lambda entry: entry.number):
        traced.see(entry)
    return traced


def _skipped(spent: Entry, already: Connects) -> Mapping[int, Connects]:
    """How many Connects of each lot that a spend drew on came back before."""
    skipped = {}
    for draw in reversed(spent.draws):
        skipped[draw.lot] = min(already, -draw.credits)
        already -= skipped[draw.lot]
    return skipped


def _slice(runs: Sequence[Run], skip: Connects, credits: Connects) -> list[Run]:
    """The Connects of the runs from that place on, so many of them."""
    taken = []
    for run in runs:
        passed = min(run.credits, skip)
        size = min(run.credits - passed, credits)
        skip, credits = skip - passed, credits - size
        if size:
            taken.append(Run(run.root, size))
    return taken
