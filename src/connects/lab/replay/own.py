"""What is recorded, played once more as it was: every balance must come out as it stands in the journal.

The lines say what was asked of a wallet, and not which lots it came from: lots, expiries, trims and
returns to their lots follow anew. Where the arrays come to something else, or where a wallet has lines
that need its whole history, the ledger itself goes through it (`by_ledger`); if that does, too, the
replay stops and names the wallet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER, NONE
from connects.lab.replay.machine import Outcome, Part, no_rules, play, slots
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import BY_THE_LEDGER, LOT_OF, Record, kind_number
from connects.ledger.entries import CHARGES, EntryKind

_CHARGES = [kind_number(kind) for kind in CHARGES]
_RETURN = kind_number(EntryKind.RETURN)
_LEDGER = [kind_number(kind) for kind in BY_THE_LEDGER]


class Played(NamedTuple):
    """A range of wallets as recorded: the sums, and which wallets the ledger must go through."""

    sums: Column
    by_ledger: Column
    differing: Column


def play_own(record: Record, low: int, high: int, since: int) -> Played:
    """Play the wallets from `low` up to `high` as they were."""
    part, is_ledgers = _part(record, low, high)
    outcome = play(part, no_rules(since), high - low, NONE)
    sums = outcome.sums
    _count_proposals(record, low, high, since, sums)
    differs = _differs(record, low, high, part, outcome)
    by_ledger = np.flatnonzero(is_ledgers | differs | (outcome.status != k.FINE))
    return Played(sums, by_ledger + low, np.flatnonzero(differs) + low)


def _part(record: Record, low: int, high: int) -> tuple[Part, Column]:
    lines = {
        name: column[record.line_first[low] : record.line_first[high]]
        for name, column in record.lines.items()
    }
    wallet = lines["wallet"].astype(np.int64) - low
    kind, count = lines["kind"], len(wallet)
    key = (lines["wallet"].astype(np.int64) << 32) | lines["number"]
    debt = _looked_up(record.debts, "debt", key)
    events = np.full((count, k.EVENT_COLUMNS), NONE, np.int64)
    events[:, k.EVENT] = k.LINE
    events[:, k.AT] = lines["effective"]
    events[:, k.EXPECTED_ENTRY] = lines["number"]
    events[:, k.EXPECTED_BALANCE] = lines["balance"]
    issues = _issues(record, key, kind, events)
    made = _charges(lines, kind, events)
    _returns(record, lines, kind, debt, key, events)
    for word, event in (
        (EntryKind.EXPIRE, k.EXPIRE),
        (EntryKind.FORFEIT, k.TRIM),
        (EntryKind.WRITE_OFF, k.WRITE_OFF),
    ):
        events[kind == kind_number(word), k.EVENT] = event
    trims = events[:, k.EVENT] == k.TRIM
    # What was taken is known, and is less than what is not bought where that may not be taken.
    events[trims, k.A], events[trims, k.B] = lines["balance"][trims], 1
    offs = events[:, k.EVENT] == k.WRITE_OFF
    events[offs, k.A] = -debt[offs]
    is_ledgers = np.zeros(high - low, bool)
    is_ledgers[wallet[np.isin(kind, _LEDGER)]] = True
    return Part(wallet, events, issues, made, np.zeros((high - low, 3), np.int64)), is_ledgers


def _looked_up(table: dict[str, Column], column: str, key: Column) -> Column:
    """A column of a table with few of the lines, by their keys; 0 for all others."""
    own = (table["wallet"].astype(np.int64) << 32) | table["number"]
    if not len(own):
        return np.zeros(len(key), np.int64)
    place = np.minimum(np.searchsorted(own, key), len(own) - 1)
    found: Column = np.where(own[place] == key, table[column][place], 0).astype(np.int64)
    return found


def _issues(record: Record, key: Column, kind: Column, events: Column) -> Column:
    """Lines that issue a lot, as it was; what was withheld whole is only a line."""
    table = record.issues
    own = (table["wallet"].astype(np.int64) << 32) | table["number"]
    rows = np.full((len(key), k.ISSUE_COLUMNS), NONE, np.int64)
    if not len(own):
        return rows
    place = np.minimum(np.searchsorted(own, key), len(own) - 1)
    there = (own[place] == key) & (table["credits"][place] > 0)
    for number, lot in LOT_OF.items():
        if number == _RETURN:
            there &= kind != number
            continue
        found = np.flatnonzero(there & (kind == number))
        rows[found, k.I_KIND] = lot
        events[found, k.EVENT], events[found, k.A] = k.ISSUE, found
    rows[:, k.I_CREDITS] = table["credits"][place]
    rows[:, k.I_COST] = table["cost"][place]
    rows[:, k.I_EXPIRES] = np.minimum(table["expires"][place], NEVER)
    return rows


def _charges(lines: dict[str, Column], kind: Column, events: Column) -> Column:
    found = np.flatnonzero(np.isin(kind, _CHARGES))
    events[found, k.EVENT] = k.CHARGE
    events[found, k.A] = -lines["credits"][found]
    events[found, k.B] = np.arange(len(found))
    return slots(len(found))


def _returns(
    record: Record,
    lines: dict[str, Column],
    kind: Column,
    debt: Column,
    key: Column,
    events: Column,
) -> None:
    """Returns find their charge by what both are about; its lot says whether it came late."""
    found = np.flatnonzero(kind == _RETURN)
    charges = np.flatnonzero(events[:, k.EVENT] == k.CHARGE)
    events[found, k.EVENT] = k.GIVE_BACK
    events[found, k.B] = lines["credits"][found] - debt[found]
    ends = _looked_up(record.issues, "expires", key[found])
    events[found, k.C] = np.where(ends > 0, ends - lines["effective"][found], NONE)
    if not len(charges) or not len(found):
        return
    about = (lines["wallet"].astype(np.int64) << 32) | lines["about"]
    order = np.argsort(about[charges], kind="stable")
    sorted_about = about[charges][order]
    place = np.searchsorted(sorted_about, about[found])
    place = np.minimum(place, len(order) - 1)
    there = sorted_about[place] == about[found]
    events[found, k.A] = np.where(there, order[place], NONE)


def _count_proposals(record: Record, low: int, high: int, since: int, sums: Column) -> None:
    """How many were sent, and how many of them were free: those leave no line."""
    first, last = record.proposal_first[low], record.proposal_first[high]
    rows = {name: record.proposals[name][first:last] for name in ("account", "paid", "submitted")}
    counted = rows["submitted"] >= since
    wallet = rows["account"].astype(np.int64) - low
    sums[:, k.PROPOSALS] = np.bincount(wallet[counted], minlength=high - low)
    free = counted & (rows["paid"] == 0)
    sums[:, k.FREE] = np.bincount(wallet[free], minlength=high - low)


def _differs(record: Record, low: int, high: int, part: Part, outcome: Outcome) -> Column:
    """Which wallets are not as their rows have them, or their proposals as the lines have those."""
    rows = record.wallets
    differs: Column = outcome.sums[:, k.BALANCE_AFTER] != rows["balance"][low:high]
    differs |= outcome.sums[:, k.DEBT_AFTER] != rows["debt"][low:high]
    lines = np.diff(record.line_first[low : high + 1])
    differs |= lines != rows["last"][low:high]
    charge = np.flatnonzero(part.events[:, k.EVENT] == k.CHARGE)
    key = (part.wallet[charge] << 32) | part.events[charge, k.EXPECTED_ENTRY]
    first, last = record.proposal_first[low], record.proposal_first[high]
    told = {name: column[first:last] for name, column in record.proposals.items()}
    paid = np.flatnonzero(told["paid"] > 0)
    own = ((told["account"].astype(np.int64) - low) << 32) | told["entry"]
    if len(paid):
        wallet = told["account"][paid].astype(np.int64) - low
        if not len(key):
            differs[wallet] = True
            return differs
        place = np.minimum(np.searchsorted(key, own[paid]), len(key) - 1)
        slot = outcome.slots[part.events[charge[place], k.B]]
        wrong = (key[place] != own[paid]) | (slot[:, k.P_PAID] != told["paid"][paid])
        wrong |= slot[:, k.P_RETURNED] != told["returned"][paid]
        differs[wallet[wrong]] = True
    return differs
