"""Reversal: the money of a lot went back, wholly or in part, so its Connects do too; and its undoing.

The hard case is a lot whose Connects came back too late for it: they stand in another lot, and are taken
from there (`booking.provenance`). So nobody holds what they owe. What expired or was forfeited is
nobody's debt.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.booking.give_back import without
from connects.ledger.booking.line import write_line
from connects.ledger.booking.provenance import Trace, trace
from connects.ledger.booking.put_back import naming, put_back
from connects.ledger.commands import Reinstate, Reverse
from connects.ledger.entries import Booked, Draw, Entry, EntryKind
from connects.ledger.links import is_reversal_of, is_undoing_of
from connects.ledger.lots import Lot, LotKind, share, share_of_cost
from connects.ledger.order import burn_key
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def reverse(wallet: Wallet, command: Reverse, history: Mapping[int, Entry]) -> Booked | Refused:
    """Take what is left of the lot; what was used of it and did not come back becomes debt.

    `history` are all of the wallet's lines. Refused with `invalid` where the lot was never issued, is
    one of what came back (its root is reversed instead), or was taken whole before.
    """
    lot = _issued(history, command.lot)
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


def reinstate(wallet: Wallet, command: Reinstate, history: Mapping[int, Entry]) -> Booked | Refused:
    """Put back what a reversal took, once; what it made debt is owed no longer.

    As everything that arrives, it pays the wallet's debt first. `history` are all of the wallet's lines.
    """
    undone, lot = history.get(command.reversal), _issued(history, command.lot)
    if undone is None or lot is None or not is_reversal_of(undone, command.lot):
        return invalid(Problem.NOT_A_REVERSAL)
    if any(is_undoing_of(entry, undone.number, command.lot) for entry in history.values()):
        return invalid(Problem.REVERSAL_UNDONE)
    paid = min(wallet.debt, undone.debt_change - undone.credits)
    origins = {entry.number: entry.lot for entry in history.values() if entry.lot is not None}
    parts = _parts(undone, lot, paid, origins)
    return put_back(wallet, command, parts, origins, paid)


def _parts(undone: Entry, lot: Lot, paid: Connects, origins: Mapping[int, Lot]) -> tuple[Draw, ...]:
    """What goes back to which lot, when `paid` credits of all pay debt."""
    # Debt that was paid meanwhile was paid with other Connects: as many of the lot's own come back.
    extra = max(undone.debt_change - paid, 0)
    back = {draw.lot: Draw(draw.lot, -draw.credits, -draw.cost_cents) for draw in undone.draws}
    own = back.get(lot.number, Draw(lot.number, 0, 0))
    cost_cents = own.cost_cents + share(lot.cost_cents, lot.credits, extra)
    back[lot.number] = Draw(lot.number, own.credits + extra, cost_cents)
    lasting = sorted(back.values(), key=lambda draw: burn_key(origins[draw.lot]), reverse=True)
    parts = tuple(draw for draw in lasting if draw.credits)
    return without(parts, max(paid - undone.debt_change, 0))


def _issued(history: Mapping[int, Entry], number: int) -> Lot | None:
    entry = history.get(number)
    return None if entry is None else entry.lot
