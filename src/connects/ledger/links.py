"""Find the earlier line that a line is about.

A return does not name its spend in a column of its own, nor does a reversal that found nothing left
name its lot. But the digest of a line's command covers both, so a line tells whether it is about a
given one; nothing else of its wallet could have led to the same 128 bits.
"""

from __future__ import annotations

from collections.abc import Iterable

from connects.ledger.commands import Capture, Issue, Reinstate, Return, Reverse
from connects.ledger.entries import CHARGES, RETURNS, Entry, EntryKind
from connects.ledger.lots import LotKind
from connects.vocabulary.amounts import Connects


def given_back(entry: Entry) -> Connects:
    """How many Connects of its spend a return brought back: into the wallet, or to pay its debt."""
    return entry.credits - entry.debt_change


def was_issued(entry: Entry) -> bool:
    """Whether a line of kind `return` gave Connects that were never spent, as an import may."""
    if entry.lot is None:
        return False
    command = Issue(
        wallet=entry.wallet,
        key=entry.key,
        reference=entry.reference,
        rule_book=entry.rule_book,
        effective=entry.effective,
        kind=LotKind.RETURN,
        credits=entry.lot.credits + entry.withheld,
        cost_cents=entry.lot.cost_cents,
        expires=None,
    )
    return command.digest() == entry.digest


def already_returned(entry: Entry, spent: Entry) -> Connects | None:
    """What the return said had come back of that spend before it; None where it is of another."""
    if entry.kind not in RETURNS or entry.number <= spent.number:
        return None
    if (entry.kind is EntryKind.RELEASE) != (spent.kind is EntryKind.HOLD):
        return None
    credits = given_back(entry)
    for already in range(max(-spent.credits - credits, 0) + 1):
        command = Return(
            wallet=entry.wallet,
            key=entry.key,
            reference=entry.reference,
            rule_book=entry.rule_book,
            effective=entry.effective,
            spend=spent.number,
            credits=credits,
            already_returned=already,
            grace=None,
            kind=entry.kind,
        )
        if command.digest() == entry.digest:
            return already
    return None


def returned_of(spent: Entry, entries: Iterable[Entry]) -> Connects:
    """How many Connects of that spend these lines brought back."""
    return sum(given_back(entry) for entry in entries if already_returned(entry, spent) is not None)


def is_capture_of(entry: Entry, hold: int) -> bool:
    """Whether the line charges what that hold had set aside."""
    command = Capture(
        wallet=entry.wallet,
        key=entry.key,
        reference=entry.reference,
        rule_book=entry.rule_book,
        effective=entry.effective,
        hold=hold,
        kind=entry.kind,
    )
    return entry.kind in CHARGES and command.digest() == entry.digest


def is_reversal_of(entry: Entry, lot: int) -> bool:
    """Whether the line is a reversal of that lot, of all of it or of a part."""
    if entry.kind is not EntryKind.REVERSE:
        return False
    if entry.draws:
        return entry.draws[0].lot == lot
    return takes_all(entry, lot)


def takes_all(entry: Entry, lot: int) -> bool:
    """Whether the line reverses that lot whole."""
    command = Reverse(
        wallet=entry.wallet,
        key=entry.key,
        reference=entry.reference,
        rule_book=entry.rule_book,
        effective=entry.effective,
        lot=lot,
    )
    return entry.kind is EntryKind.REVERSE and command.digest() == entry.digest


def is_undoing_of(entry: Entry, reversal: int, lot: int) -> bool:
    """Whether the line undoes that reversal of that lot."""
    command = Reinstate(
        wallet=entry.wallet,
        key=entry.key,
        reference=entry.reference,
        rule_book=entry.rule_book,
        effective=entry.effective,
        reversal=reversal,
        lot=lot,
        grace=None,
    )
    return entry.kind is EntryKind.REINSTATE and command.digest() == entry.digest
