"""Random commands of the ledger, each with the call that asks the same of the arrays."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from connects.lab.kernel import columns as col
from connects.lab.kernel.corrections import forfeit, void, write_off
from connects.lab.kernel.give_back import give_back, release
from connects.lab.kernel.hold import capture, hold
from connects.lab.kernel.wallets import expire, issue, spend
from connects.ledger.commands import (
    Capture,
    Carried,
    Command,
    Expire,
    Forfeit,
    Issue,
    Return,
    Spend,
    Void,
    WriteOff,
)
from connects.ledger.decide import Past
from connects.ledger.entries import Entry, EntryKind
from connects.ledger.wallet import Wallet

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Paid:
    """A spend in both worlds: its entry, what came back of it, and the head of its draws."""

    entry: Entry
    head: int
    origins: dict[int, Entry]
    returns: list[Entry] = field(default_factory=list)

    @property
    def past(self) -> Past:
        told = [self.entry, *self.returns]
        return Past({entry.number: entry for entry in told} | self.origins)

    @property
    def returned(self) -> int:
        """How much came back, whether it went into lots or paid a debt."""
        return sum(entry.credits - entry.debt_change for entry in self.returns)


class Drawn(NamedTuple):
    """A command, and the call and its arguments that ask the same of the arrays."""

    command: Command
    call: Callable[..., Any]
    arguments: tuple[int, ...]
    paid: Paid | None = None


class Frame(NamedTuple):
    """The wallet as the ledger has it, its spends, and the day on which it is asked."""

    chance: random.Random
    wallet: Wallet
    spends: Sequence[Paid]
    at: int

    def common(self, key: str = "k") -> dict[str, Any]:
        """What all commands say."""
        return {
            "wallet": self.wallet.id,
            "key": key,
            "reference": "r",
            "rule_book": "b@1",
            "effective": EPOCH + timedelta(days=self.at),
        }


def drawn(chance: random.Random, wallet: Wallet, spends: Sequence[Paid], at: int) -> Drawn:
    """A random command for this wallet."""
    draws = chance.choices(tuple(WEIGHTS), weights=tuple(WEIGHTS.values()))[0]
    made = draws(Frame(chance, wallet, spends, at))
    assert isinstance(made, Drawn)
    return made


def _issue(frame: Frame) -> Drawn:
    chance, at = frame.chance, frame.at
    kind = chance.randrange(5)
    credits = chance.choice((-1, 0, 1, 2, 5, 10, 40))
    cost = chance.choice((0, 0, 1, 7, 150, 1499))
    expires = chance.choice((None, at + chance.randint(0, 60), at + 365))
    limit = chance.choice((None, None, 20, 60))
    counts = chance.random() < 0.5
    command = Issue(
        **frame.common(),
        kind=col.KINDS[kind],
        credits=credits,
        cost_cents=cost,
        expires=None if expires is None else EPOCH + timedelta(days=expires),
        balance_limit=limit,
        limit_counts_plan=counts,
    )
    ends = col.NEVER_DAY if expires is None else expires
    most = col.NONE if limit is None else limit
    return Drawn(command, issue, (kind, credits, cost, at, ends, most, counts))


def _spend(frame: Frame) -> Drawn:
    credits = frame.chance.choice((0, 1, 1, 2, 4, 6, 16, 50))
    kind = frame.chance.choice(SPENDS)
    command = Spend(**frame.common(), credits=credits, kind=kind)
    return Drawn(command, hold if kind is EntryKind.HOLD else spend, (credits, frame.at))


def _return(frame: Frame) -> Drawn:
    if not frame.spends:
        return _spend(frame)
    paid = frame.chance.choice(frame.spends)
    credits = frame.chance.randint(0, 4)
    grace = frame.chance.choice((None, 1, 7, 30, 400))
    held = paid.entry.kind is EntryKind.HOLD
    command = Return(
        **frame.common("return:k"),
        kind=EntryKind.RELEASE if held else EntryKind.RETURN,
        spend=paid.entry.number,
        credits=credits,
        already_returned=paid.returned,
        grace=None if grace is None else timedelta(days=grace),
    )
    spent, lives = -paid.entry.credits, col.NONE if grace is None else grace
    arguments = (paid.head, spent, paid.returned, credits, frame.at, lives)
    return Drawn(command, release if held else give_back, arguments, paid)


def _capture(frame: Frame) -> Drawn:
    held = [paid for paid in frame.spends if paid.entry.kind is EntryKind.HOLD]
    if not held:
        return _spend(frame)
    paid = frame.chance.choice(held)
    command = Capture(**frame.common("capture:k"), hold=paid.entry.number)
    arguments = (paid.head, -paid.entry.credits, paid.returned, frame.at)
    return Drawn(command, capture, arguments, paid)


def _expire(frame: Frame) -> Drawn:
    return Drawn(Expire(**frame.common()), expire, (frame.at,))


def _forfeit(frame: Frame) -> Drawn:
    chance = frame.chance
    keep, bought = chance.choice((0, 5, 20, 60)), chance.random() < 0.5
    carried = None
    if chance.random() < 0.5:
        moved = max(frame.at - chance.randint(0, 40), 0)
        least = chance.choice((None, 0, 8, 30))
        carried = Carried(EPOCH + timedelta(days=moved), least, chance.random() < 0.5)
    command = Forfeit(**frame.common(), keep=keep, bought_too=bought, carried=carried)
    told = (col.NONE, col.NONE, False)
    if carried is not None:
        kept = col.NONE if carried.keep is None else carried.keep
        told = ((carried.moved - EPOCH).days, kept, carried.bought_too)
    return Drawn(command, forfeit, (keep, bought, frame.at, *told))


def _void(frame: Frame) -> Drawn:
    lots = [lot.number for lot in frame.wallet.lots] or [1]
    lot, credits = frame.chance.choice(lots), frame.chance.choice((0, 1, 3, 40))
    command = Void(**frame.common(), lot=lot, credits=credits)
    return Drawn(command, void, (lot, credits, frame.at))


def _write_off(frame: Frame) -> Drawn:
    credits = frame.chance.choice((0, 1, 5))
    return Drawn(WriteOff(**frame.common(), credits=credits), write_off, (credits, frame.at))


SPENDS = (EntryKind.SPEND, EntryKind.BOOST, EntryKind.HOLD)

WEIGHTS: dict[Callable[[Frame], Drawn], int] = {
    _issue: 22,
    _spend: 36,
    _return: 26,
    _capture: 4,
    _expire: 4,
    _forfeit: 7,
    _void: 3,
    _write_off: 2,
}
