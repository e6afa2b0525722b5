"""The undoing of a reversal: its money did not go back, so the lot's Connects do."""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.booking.give_back import without
from connects.ledger.booking.put_back import put_back
from connects.ledger.booking.reverse import lot_issued
from connects.ledger.commands import Reinstate
from connects.ledger.entries import Booked, Draw, Entry
from connects.ledger.links import is_reversal_of, is_undoing_of
from connects.ledger.lots import Lot, share
from connects.ledger.order import burn_key
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def reinstate(wallet: Wallet, command: Reinstate, history: Mapping[int, Entry]) -> Booked | Refused:
    """Put back what a reversal took, once; what it made debt is owed no longer.

    As everything that arrives, it pays the wallet's debt first. `history` are all of the wallet's lines.
    """
    undone, lot = history.get(command.reversal), lot_issued(history, command.lot)
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
