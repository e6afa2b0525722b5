"""Reversal: the money of a lot went back, wholly or in part, so its Connects do too.

The hard case is a lot whose Connects came back too late for it: they stand in another lot, and are taken
from there (`booking.provenance`). So nobody holds what they owe. What expired or was forfeited is
nobody's debt.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.booking.line import write_line
from connects.ledger.booking.provenance import Trace, trace
from connects.ledger.booking.put_back import naming
from connects.ledger.commands import Reverse
from connects.ledger.entries import Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot, LotKind, share_of_cost
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def reverse(wallet: Wallet, command: Reverse, history: Mapping[int, Entry]) -> Booked | Refused:
    """Take what is left of the lot; what was used of it and did not come back becomes debt.

    `history` are all of the wallet's lines. Refused with `invalid` where the lot was never issued, is
    one of what came back (its root is reversed instead), or was taken whole before.
    """
    lot = lot_issued(history, command.lot)
    if lot is None:
        return invalid(Problem.LOT_UNKNOWN)
    if lot.kind is LotKind.RETURN:
        return invalid(Problem.LOT_CAME_BACK)
    if command.up_to is not None and command.up_to > lot.credits:
        return invalid(Problem.MORE_THAN_ISSUED)
    traced = trace(command.lot, history.values())
    if traced.closed_by is not None:
        return invalid(Problem.LOT_REVERSED)
    draws, debt = _taken(wallet, traced, command.up_to)
    return write_line(
        wallet, command, EntryKind.REVERSE, naming(command.lot, draws), debt_change=debt
    )


def _taken(
    wallet: Wallet, traced: Trace, up_to: Connects | None
) -> tuple[tuple[Draw, ...], Connects]:
    """What is drawn from open lots, the lot itself first, and what of the rest is debt."""
    # What came due meanwhile is in the wallet, and not yet in its lines.
    held = {lot.number: min(traced.held(lot.number), lot.credits) for lot in wallet.lots}
    credits = max(sum(held.values()) + traced.spent, 0)
    if up_to is not None:
        credits = min(credits, max(up_to - traced.taken, 0))
    draws = []
    for lot in sorted(wallet.lots, key=lambda lot: lot.number != traced.root):
        taken = min(held[lot.number], credits)
        credits -= taken
        if taken:
            draws.append(Draw(lot.number, -taken, -share_of_cost(lot, taken)))
    return tuple(draws), credits


def lot_issued(history: Mapping[int, Entry], number: int) -> Lot | None:
    entry = history.get(number)
    return None if entry is None else entry.lot
