"""Trim at a rollover: what may not be kept is forfeited.

The hard case is a wallet that was moved to other rules. What it held then was collected under limits
that its owner knew, so it stays under those limits. Nobody loses Connects by being moved.
"""

from __future__ import annotations

from collections.abc import Sequence

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Carried, Forfeit
from connects.ledger.entries import Booked, Draw, EntryKind
from connects.ledger.lots import Lot, LotKind, share_of_cost
from connects.ledger.order import in_trim_order
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


def trim(wallet: Wallet, command: Forfeit) -> Booked:
    """Forfeit what exceeds `command.keep` credits; no entry where nothing does.

    Where bought Connects may not be trimmed the wallet may keep more than the limit.
    """
    draws = forfeited(wallet, command.keep, bought_too=command.bought_too, carried=command.carried)
    if not draws:
        return Booked(wallet, ())
    return write_line(wallet, command, EntryKind.FORFEIT, draws)


def forfeited(
    wallet: Wallet, keep: Connects, *, bought_too: bool, carried: Carried | None = None
) -> tuple[Draw, ...]:
    """What a rollover that keeps `keep` credits would take, in trim order."""
    excess = wallet.balance - keep
    if excess <= 0:
        return ()
    spare = _spare(wallet.lots, carried)
    draws = []
    for lot in in_trim_order(wallet.lots, bought_too=bought_too):
        if excess <= 0:
            break
        taken = min(lot.credits, excess)
        if carried is not None and lot.issued <= carried.moved:
            taken = _taken_of_carried(lot, taken, spare, carried)
            spare -= taken
        if taken:
            draws.append(Draw(lot.number, -taken, -share_of_cost(lot, taken)))
            excess -= taken
    return tuple(draws)


def _spare(lots: Sequence[Lot], carried: Carried | None) -> Connects:
    """How many of the credits that were carried over the move exceed what their own time allowed."""
    if carried is None or carried.keep is None:
        return 0
    held = sum(lot.credits for lot in lots if lot.issued <= carried.moved)
    return max(held - carried.keep, 0)


def _taken_of_carried(lot: Lot, wanted: Connects, spare: Connects, carried: Carried) -> Connects:
    if lot.kind is LotKind.PURCHASE and not carried.bought_too:
        return 0
    return min(wanted, spare)
