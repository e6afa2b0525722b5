"""Lines of the credit journal as bookkeeping: what a spend earns, what an expiry leaves behind."""

from __future__ import annotations

from connects.ledger.entries import Entry, EntryKind
from connects.statements.books.chart import (
    CONNECT,
    DEBT,
    DEBT_PAID,
    DEFERRED,
    EXPIRED,
    HELD,
    OPENING,
    REFUNDS,
    RETURNED,
    TRIMMED,
    UNDELIVERED,
    USED,
    VOIDED,
    WALLETS,
    Transaction,
    transaction,
)
from connects.vocabulary.amounts import Cents
from connects.vocabulary.imports import IMPORTED, opening_day

REINSTATED = "reinstate:"
"""How the keys of lines begin that give back what a reversal had taken; once they issued a new lot."""

_EARNED = {
    EntryKind.SPEND: USED,
    EntryKind.BOOST: USED,
    EntryKind.RETURN: RETURNED,
    EntryKind.EXPIRE: EXPIRED,
    EntryKind.FORFEIT: TRIMMED,
    EntryKind.VOID: VOIDED,
}

# Where Connects come from and where they go, in Connects.
_SOURCES = {
    EntryKind.SIGNUP: "Expenses:Promotions:Signup",
    EntryKind.BONUS: "Expenses:Promotions:Bonus",
    EntryKind.COURTESY: "Expenses:Promotions:Courtesy",
    EntryKind.PLAN: "Equity:Connects:Memberships",
    EntryKind.PURCHASE: "Equity:Connects:Sold",
    EntryKind.RETURN: "Equity:Connects:Used",
    EntryKind.SPEND: "Equity:Connects:Used",
    EntryKind.BOOST: "Equity:Connects:Used",
    EntryKind.EXPIRE: "Equity:Connects:Expired",
    EntryKind.FORFEIT: "Equity:Connects:NotRolledOver",
    EntryKind.REVERSE: "Equity:Connects:Reversed",
    EntryKind.REINSTATE: "Equity:Connects:Reversed",
    EntryKind.VOID: "Equity:Connects:Voided",
    EntryKind.WRITE_OFF: "Expenses:Promotions:DebtWrittenOff",
    EntryKind.HOLD: HELD,
    EntryKind.RELEASE: HELD,
}


def of_entry(entry: Entry, currency: str) -> Transaction:
    """A line of a wallet's history as a transaction, in cents of `currency` and in Connects.

    What was brought in opens the books, on the day for which its import speaks.
    """
    brought_in = entry.reference.startswith(IMPORTED)
    source = OPENING if brought_in else _SOURCES[entry.kind]
    issued = entry.lot.cost_cents if entry.lot is not None else 0
    drawn = sum(draw.cost_cents for draw in entry.draws)
    return transaction(
        opening_day(entry.reference) or entry.effective.date(),
        f"{'import' if brought_in else entry.kind.value} of wallet {entry.wallet}, line {entry.number}",
        entry.reference,
        *((account, cents, currency) for account, cents in _money(entry, issued, drawn)),
        (WALLETS, -entry.credits, CONNECT),
        (DEBT, entry.debt_change, CONNECT),
        (source, entry.credits - entry.debt_change, CONNECT),
    )


def _money(entry: Entry, issued: Cents, drawn: Cents) -> list[tuple[str, Cents]]:
    """What the line does to money; `issued` is its lot's cost, `drawn` what its draws change."""
    if entry.reference.startswith(IMPORTED):
        return _opened(entry, issued, drawn)
    if entry.kind in _EARNED:
        changed = issued + drawn
        return [(DEFERRED, -changed), (_EARNED[entry.kind], changed)]
    if entry.kind is EntryKind.HOLD:
        return [(DEFERRED, -drawn), (HELD, drawn)]
    if entry.kind is EntryKind.RELEASE:
        # What pays a debt was used before: its lot's money went back, and is income after all.
        paid = sum(draw.cost_cents for draw in entry.draws if draw.credits < 0)
        back = issued + drawn
        return [(HELD, back - paid), (DEFERRED, -back), (DEBT_PAID, paid)]
    if entry.kind is EntryKind.REVERSE:
        # What is left of the lot is owed no longer. All of the money that goes back is income that went,
        # so this is income that stays: what was used of the lot earns nothing after all.
        return [(DEFERRED, -drawn), (REFUNDS, drawn)]
    if entry.kind is EntryKind.REINSTATE:
        filled = issued + drawn
        return [(REFUNDS, filled), (DEFERRED, -filled)]
    source = REFUNDS if entry.key.startswith(REINSTATED) else UNDELIVERED
    return _brought(source, issued, drawn)


def _opened(entry: Entry, issued: Cents, drawn: Cents) -> list[tuple[str, Cents]]:
    """What stood before these books, as it comes in; or as an import that is undone goes out again."""
    if entry.lot is None:
        return [(OPENING, drawn), (DEFERRED, -drawn)]
    return _brought(OPENING, issued, drawn)


def _brought(source: str, issued: Cents, drawn: Cents) -> list[tuple[str, Cents]]:
    """A lot comes from there. It pays a debt as it arrives: those Connects were used before."""
    return [(source, issued), (DEFERRED, -issued), (DEFERRED, -drawn), (DEBT_PAID, drawn)]
