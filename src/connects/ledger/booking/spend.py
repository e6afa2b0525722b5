"""Spending: paying from the open lots in burn order."""

from __future__ import annotations

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Spend
from connects.ledger.entries import SPENDING, Booked, Draw
from connects.ledger.lots import share_of_cost
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


def spend(wallet: Wallet, command: Spend) -> Booked | Refused:
    """Draw the credits from the lots that burn first.

    Refused with `insufficient_connects` when the balance does not cover it, and when the wallet is
    in debt (docs/rules.md 3.8).
    """
    assert command.kind in SPENDING
    if wallet.debt or wallet.balance < command.credits:
        return Refused(
            RefusalCode.INSUFFICIENT_CONNECTS,
            {"needed": command.credits, "balance": wallet.balance, "debt": wallet.debt},
        )
    return write_line(wallet, command, command.kind, draws_for(wallet, command.credits))


def draws_for(wallet: Wallet, credits: Connects) -> tuple[Draw, ...]:
    """Which lots pay `credits`, first to last. Pages show the same answer before anyone pays."""
    draws = []
    for lot in wallet.lots:
        taken = min(lot.credits, credits)
        draws.append(Draw(lot.number, -taken, -share_of_cost(lot, taken)))
        credits -= taken
        if not credits:
            break
    assert not credits, "the caller has checked the balance"
    return tuple(draws)
