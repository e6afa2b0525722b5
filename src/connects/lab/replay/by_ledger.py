"""Wallets that the arrays leave to the ledger: those whose money went back, and what is held or voided.

    checked(record, [3, 8], since)         # as recorded: sums, or what is wrong, by wallet
    Decided(part, rules, w, told).play(…)  # under another rule book, through `ledger.decide`

As recorded, the entries are applied one by one as any replay of the journal does, and each balance is
compared. Under another rule book the events of the arrays become commands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from connects.journal.moments import microseconds, moment_of
from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading.columns import Column, Table
from connects.lab.replay.reading.queries import KINDS
from connects.lab.replay.record import Record
from connects.ledger.entries import CHARGES, LOT_KINDS, Draw, Entry, EntryKind
from connects.ledger.lots import Lot, LotKind
from connects.ledger.replay import apply
from connects.ledger.wallet import Wallet


def expiry_of(micros: int) -> datetime | None:
    return None if micros >= NEVER else moment_of(micros)


@dataclass(slots=True)
class Checked:
    """A wallet as recorded: its sums, and what is wrong with it ("": nothing)."""

    sums: Column
    problem: str = ""


def entries_of(record: Record, wallets: Sequence[int]) -> dict[int, list[Entry]]:
    """The entries of these wallets, oldest first, without what only the chain needs."""
    draws = record.source.read("draws", [int(record.ids[w]) for w in wallets])
    told = {
        (int(wallet), int(number)): text
        for wallet, number, text in zip(
            draws["wallet"], draws["number"], draws["draws"], strict=True
        )
    }
    return {w: list(_entries(record, w, told)) for w in wallets}


def _entries(record: Record, w: int, draws: dict[tuple[int, int], str]) -> Iterator[Entry]:
    number_of = int(record.ids[w])
    issues = _rows(record.issues, w)
    debts = {int(row["number"]): int(row["debt"]) for row in _rows(record.debts, w).values()}
    for place in range(record.line_first[w], record.line_first[w + 1]):
        line = {name: int(column[place]) for name, column in record.lines.items()}
        number, kind = line["number"], EntryKind(KINDS[line["kind"]])
        at, issue = moment_of(line["effective"]), issues.get(number)
        lot = None
        if issue is not None and issue["credits"] and kind in LOT_KINDS:
            ends = expiry_of(issue["expires"])
            lot = Lot(number, LOT_KINDS[kind], issue["credits"], issue["cost"], at, ends)
        yield Entry(
            number_of,
            number,
            kind,
            line["credits"],
            line["balance"],
            tuple(Draw(*draw) for draw in json.loads(draws.get((number_of, number), "[]"))),
            lot,
            debts.get(number, 0),
            issue["withheld"] if issue else 0,
            str(line["about"]),
            "",
            b"",
            "",
            at,
        )


def _rows(table: Table, w: int) -> dict[int, dict[str, int]]:
    first, last = np.searchsorted(table["wallet"], [w, w + 1])
    return {
        int(table["number"][place]): {name: int(column[place]) for name, column in table.items()}
        for place in range(first, last)
    }


def checked(record: Record, wallets: Sequence[int], since: int) -> dict[int, Checked]:
    """Each of these wallets, gone through as any replay of the journal goes through it."""
    return {
        w: _checked(record, w, entries, since) for w, entries in entries_of(record, wallets).items()
    }


def _checked(record: Record, w: int, entries: Sequence[Entry], since: int) -> Checked:
    wallet, found = Wallet(int(record.ids[w])), Checked(np.zeros(len(k.SUMS), np.int64))
    origins: dict[int, Lot] = {}
    came_back: dict[str, int] = {}
    paid: dict[int, Entry] = {}
    for entry in entries:
        if entry.lot is not None:
            origins[entry.number] = entry.lot
        if entry.kind in CHARGES:
            paid[entry.number] = entry
        elif entry.kind is EntryKind.RETURN:
            back = entry.credits - entry.debt_change
            came_back[entry.reference] = came_back.get(entry.reference, 0) + back
        problem = _problem(wallet, entry, origins)
        if problem:
            found.problem = f"line {entry.number}: {problem}"
            return found
        wallet = apply(wallet, entry, origins)
        if microseconds(entry.effective) >= since:
            _count(found.sums, entry)
    found.sums[k.BALANCE_AFTER], found.sums[k.DEBT_AFTER] = wallet.balance, wallet.debt
    found.problem = _row_problem(record, w, wallet) or _paid_problem(record, w, paid, came_back)
    return found


def _problem(wallet: Wallet, entry: Entry, origins: dict[int, Lot]) -> str:
    """Why an entry cannot follow; "" where it can."""
    if entry.number != wallet.last_entry + 1:
        return f"it follows line {wallet.last_entry}"
    if wallet.balance + entry.credits != entry.balance:
        return f"a balance of {wallet.balance + entry.credits} is recorded as {entry.balance}"
    if any(draw.lot not in origins for draw in entry.draws):
        return "it draws on a lot that was never issued"
    after = apply(wallet, entry, origins)
    held = sum(lot.credits for lot in after.lots)
    if held != entry.balance or any(lot.credits < 0 for lot in after.lots):
        return f"its lots hold {held}, and {entry.balance} is recorded"
    return ""


def _row_problem(record: Record, w: int, wallet: Wallet) -> str:
    rows = record.wallets
    for name, found in (
        ("balance", wallet.balance),
        ("debt", wallet.debt),
        ("held", wallet.held),
        ("last", wallet.last_entry),
    ):
        stored = int(rows[name][w])
        if stored != found:
            word = "last line" if name == "last" else name
            return f"a {word} of {stored} is recorded, its lines lead to {found}"
    return ""


def _paid_problem(record: Record, w: int, paid: dict[int, Entry], came_back: dict[str, int]) -> str:
    rows = record.proposals
    for place in range(record.proposal_first[w], record.proposal_first[w + 1]):
        told, number = int(rows["paid"][place]), int(rows["entry"][place])
        if not told:
            continue
        entry = paid.get(number)
        if entry is None or -entry.credits != told:
            found = 0 if entry is None else -entry.credits
            return f"a proposal of {told} is recorded, line {number} paid {found}"
        back = came_back.get(entry.reference, 0)
        if back != int(rows["returned"][place]):
            stored = int(rows["returned"][place])
            return (
                f"{stored} of the proposal of line {number} are recorded as returned, {back} came"
            )
    return ""


def _count(sums: Column, entry: Entry) -> None:
    came = entry.credits - entry.debt_change
    match entry.kind:
        case EntryKind.SPEND | EntryKind.BOOST:
            sums[k.PAID] -= entry.credits
        case EntryKind.RETURN:
            sums[k.RETURNED] += came
        case EntryKind.EXPIRE:
            sums[k.EXPIRED] -= entry.credits
        case EntryKind.FORFEIT:
            sums[k.FORFEITED] -= entry.credits
        case EntryKind.PURCHASE:
            sums[k.BOUGHT] += came
        case kind if kind.value in set(LotKind):
            sums[k.GIVEN] += came
    if entry.lot is not None and entry.kind in (EntryKind.PURCHASE, EntryKind.PLAN):
        sums[k.CENTS] += entry.lot.cost_cents
