"""Trimming at a rollover: what may not be kept is forfeited."""

from __future__ import annotations

from connects.ledger.booking.line import write_line
from connects.ledger.booking.order import in_trim_order
from connects.ledger.commands import Forfeit
from connects.ledger.entries import Booked, Draw, EntryKind
from connects.ledger.lots import share_of_cost
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


def trim(wallet: Wallet, command: Forfeit) -> Booked:
    """Forfeit what exceeds `command.keep` credits; no entry where nothing does.

    Where bought Connects may not be trimmed the wallet may keep more than the limit.
    """
    draws = forfeited(wallet, command.keep, bought_too=command.bought_too)
    if not draws:
        return Booked(wallet, ())
    return write_line(wallet, command, EntryKind.FORFEIT, draws)


def forfeited(wallet: Wallet, keep: Connects, *, bought_too: bool) -> tuple[Draw, ...]:
    """What a rollover that keeps `keep` credits would take, in trim order."""
    excess = wallet.balance - keep
    draws = []
    for lot in in_trim_order(wallet.lots, bought_too=bought_too):
        if excess <= 0:
            break
        taken = min(lot.credits, excess)
        draws.append(Draw(lot.number, -taken, -share_of_cost(lot, taken)))
        excess -= taken
    return tuple(draws)
