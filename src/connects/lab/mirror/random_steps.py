"""Random commands, played through `ledger.decide` and through the arrays; the first difference is named.

    first_difference(1_000_000, seed=1)     # None: there is none

Days, amounts and limits are drawn small, so that lots end while their Connects are out, limits cut, and
debts meet returns. A debt comes from nowhere here: what makes one, a reversal, needs a wallet's whole
history, and is not in the arrays.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime

from connects.lab.kernel import columns as col
from connects.lab.kernel.columns import Wallets, grow, make_wallets
from connects.lab.kernel.draws import free_draws
from connects.lab.mirror.random_commands import EPOCH, Drawn, Paid, drawn
from connects.ledger.commands import Command
from connects.ledger.decide import Past, decide
from connects.ledger.entries import RETURNS, SPENDING, Booked, Entry
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import RefusalCode, Refused

BLOCK = 20_000
"""Steps after which the wallets begin anew."""
WALLETS = 100
SPENDS_KEPT = 12

STATUS = {
    RefusalCode.INSUFFICIENT_CONNECTS: col.INSUFFICIENT,
    RefusalCode.BALANCE_CAP: col.BALANCE_CAP,
    RefusalCode.INVALID: col.INVALID,
}


@dataclass(slots=True)
class Twins:
    """Wallets in both worlds."""

    chance: random.Random
    arrays: Wallets = field(default_factory=lambda: make_wallets(WALLETS, lots=2, draws=64))
    wallets: list[Wallet] = field(default_factory=lambda: [Wallet(w) for w in range(WALLETS)])
    days: list[int] = field(default_factory=lambda: [0] * WALLETS)
    spends: list[list[Paid]] = field(default_factory=lambda: [[] for _ in range(WALLETS)])
    issued: list[dict[int, Entry]] = field(default_factory=lambda: [{} for _ in range(WALLETS)])

    def step(self) -> str | None:
        """One command in both worlds; what is different then."""
        chance = self.chance
        w = chance.randrange(WALLETS)
        # Now and then a clock that went back.
        self.days[w] += chance.choice((0, 0, 0, 1, 1, 2, 9, -1))
        at = max(self.days[w], 0)
        if chance.random() < 0.01:
            self._owe(w, chance.randint(1, 9))
        step = drawn(chance, self.wallets[w], self.spends[w], at)
        answer = decide(self.wallets[w], step.command, step.paid.past if step.paid else Past())
        status = self._in_arrays(w, step)
        expected = STATUS[answer.code] if isinstance(answer, Refused) else col.OK
        if isinstance(answer, Booked):
            self._book(w, answer, step.paid, status)
        if min(status, 0) != expected:
            return f"{step.command}: {answer} and status {status}"
        return self._unlike(w, step.command)

    def _owe(self, w: int, credits: int) -> None:
        self.wallets[w] = replace(self.wallets[w], debt=self.wallets[w].debt + credits)
        self.arrays.book[w, col.DEBT] += credits

    def _in_arrays(self, w: int, step: Drawn) -> int:
        while True:
            status = int(step.call(self.arrays, w, *step.arguments))
            if status != col.FULL:
                return status
            self.arrays = grow(self.arrays)

    def _book(self, w: int, answer: Booked, paid: Paid | None, head: int) -> None:
        self.wallets[w] = answer.wallet
        for entry in answer.entries:
            if entry.lot is not None:
                self.issued[w][entry.number] = entry
            if entry.kind in SPENDING:
                origins = {draw.lot: self.issued[w][draw.lot] for draw in entry.draws}
                self.spends[w].append(Paid(entry, head, origins))
                if len(self.spends[w]) > SPENDS_KEPT:
                    free_draws(self.arrays, self.spends[w].pop(0).head)
            elif paid is not None and entry.kind in RETURNS:
                paid.returns.append(entry)

    def _unlike(self, w: int, command: Command) -> str | None:
        wallet, book = self.wallets[w], self.arrays.book[w]
        first = int(book[col.FIRST])
        held = self.arrays.lots[first : first + int(book[col.COUNT])]
        lots = [tuple(int(value) for value in row) for row in held]
        moment = _day(wallet.moment) if wallet.last_entry else -col.NEVER_DAY
        expected = (wallet.balance, wallet.debt, wallet.held, wallet.last_entry, moment)
        columns = (col.BALANCE, col.DEBT, col.HELD, col.LAST, col.MOMENT)
        found = tuple(int(book[column]) for column in columns)
        if expected == found and [_row(lot) for lot in wallet.lots] == lots:
            return None
        return f"{command}: {wallet} and {found}, {lots}"


def _day(moment: datetime) -> int:
    return (moment - EPOCH).days


def _row(lot: Lot) -> tuple[int, ...]:
    expires = col.NEVER_DAY if lot.expires is None else _day(lot.expires)
    kind = col.KINDS.index(lot.kind)
    return (lot.number, lot.credits, lot.cost_cents, kind, _day(lot.issued), expires)


def first_difference(steps: int, seed: int) -> str | None:
    """Play so many steps; what was different first, and None where nothing was."""
    twins = Twins(random.Random(seed))
    for number in range(steps):
        if number % BLOCK == 0 and number:
            twins = Twins(twins.chance)
        unlike = twins.step()
        if unlike is not None:
            return f"step {number} of seed {seed}: {unlike}"
    return None
