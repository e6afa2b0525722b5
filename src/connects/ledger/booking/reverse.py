"""Reversal: the money of a lot went back, so its Connects do too."""

from __future__ import annotations

from collections.abc import Iterable

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Reverse
from connects.ledger.entries import SPENDING, Booked, Draw, Entry, EntryKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


def reverse(wallet: Wallet, command: Reverse, history: Iterable[Entry]) -> Booked:
    """Take what is left of the lot; what was spent of it and did not go back to it becomes debt.

    `history` are the wallet's entries from the one that issued the lot on. What expired or was
    forfeited is nobody's debt (RULES 3, refund or chargeback).
    """
    lot = wallet.lot(command.lot)
    draws = () if lot is None else (Draw(lot.number, -lot.credits, -lot.cost_cents),)
    debt = _spent_of(command.lot, history)
    return write_line(wallet, command, EntryKind.REVERSE, draws, debt_change=debt)


def _spent_of(lot: int, history: Iterable[Entry]) -> Connects:
    # The lot's own entry counts too: what it drew at once paid an earlier debt.
    movements = SPENDING | {EntryKind.RETURN}
    return -sum(
        draw.credits
        for entry in history
        if entry.kind in movements or entry.number == lot
        for draw in entry.draws
        if draw.lot == lot
    )
