"""Corrections by the marketplace: what was given by mistake is taken back, and debt is forgiven."""

from __future__ import annotations

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Void, WriteOff
from connects.ledger.entries import Booked, Draw, EntryKind
from connects.ledger.lots import share_of_cost
from connects.ledger.wallet import Wallet
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def correct(wallet: Wallet, command: Void | WriteOff) -> Booked | Refused:
    """Take given credits back, or forgive debt."""
    return _void(wallet, command) if isinstance(command, Void) else _write_off(wallet, command)


def _void(wallet: Wallet, command: Void) -> Booked | Refused:
    """Void credits of a lot; refused if it has fewer left, since nobody owes what was given."""
    lot = wallet.lot(command.lot)
    left = 0 if lot is None else lot.credits
    if lot is None or command.credits > left:
        return invalid(Problem.MORE_THAN_IS_LEFT, credits=command.credits, left=left)
    draw = Draw(lot.number, -command.credits, -share_of_cost(lot, command.credits))
    return write_line(wallet, command, EntryKind.VOID, (draw,))


def _write_off(wallet: Wallet, command: WriteOff) -> Booked | Refused:
    """Lower the debt; refused where the wallet owes less."""
    if command.credits > wallet.debt:
        return invalid(Problem.MORE_THAN_IS_OWED, credits=command.credits, debt=wallet.debt)
    return write_line(wallet, command, EntryKind.WRITE_OFF, (), debt_change=-command.credits)
