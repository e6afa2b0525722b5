"""Issuing a lot: purchases, grants, a plan's monthly Connects."""

from __future__ import annotations

from connects.ledger.booking.line import write_line
from connects.ledger.commands import Issue
from connects.ledger.entries import Booked, Draw, EntryKind
from connects.ledger.lots import Lot, LotKind, share_of_cost
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


def issue(wallet: Wallet, command: Issue) -> Booked | Refused:
    """Open a lot, after paying the wallet's debt from it.

    A purchase over the balance limit is refused with `balance_cap`; anything else is cut to fit and
    its line says how much was withheld (docs/rules.md 3.6).
    """
    paid_to_debt = min(wallet.debt, command.credits)
    room = _room(wallet, command)
    wanted = command.credits - paid_to_debt
    fits = wanted if room is None else min(wanted, room)
    if fits < wanted and command.kind is LotKind.PURCHASE:
        return Refused(
            RefusalCode.BALANCE_CAP,
            {
                "limit": command.balance_limit,
                "balance": wallet.balance,
                "credits": command.credits,
                "room": room,
            },
        )
    return _open_lot(wallet, command, paid_to_debt, fits)


def _room(wallet: Wallet, command: Issue) -> Connects | None:
    """How many credits the limit still leaves room for; None where nothing limits this issue."""
    if command.balance_limit is None:
        return None
    if command.kind is LotKind.PLAN and not command.limit_counts_plan:
        return None
    held = wallet.counted(plan_too=command.limit_counts_plan)
    return max(command.balance_limit - held, 0)


def _open_lot(
    wallet: Wallet, command: Issue, paid_to_debt: Connects, fits: Connects
) -> Booked | Refused:
    kind = EntryKind(command.kind.value)
    credits = paid_to_debt + fits
    withheld = command.credits - credits
    if credits == 0:
        return write_line(wallet, command, kind, (), withheld=withheld)
    number = wallet.last_entry + 1
    issued = max(command.effective, wallet.moment)
    lot = Lot(number, command.kind, credits, command.cost_cents, issued, command.expires)
    draws: tuple[Draw, ...] = ()
    if paid_to_debt:
        draws = (Draw(number, -paid_to_debt, -share_of_cost(lot, paid_to_debt)),)
    return write_line(
        wallet, command, kind, draws, lot=lot, debt_change=-paid_to_debt, withheld=withheld
    )
