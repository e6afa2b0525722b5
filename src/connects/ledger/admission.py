"""Commands that no wallet can carry out, whatever it holds: amounts of nothing, or too large to store."""

from __future__ import annotations

from datetime import timedelta

from connects.ledger.commands import Command, Issue, Return, Reverse, Spend, Void, WriteOff
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import LARGEST_CENTS
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

MOST = 2**31 - 1
"""More Connects than fit into a column, in a balance, a debt or one amount."""

AHEAD_MOST = timedelta(days=1)
"""So far may an instant lie after that of its recording: clocks differ, and none is a day ahead."""


def ahead_of_time(command: Command) -> Refused:
    """The refusal of a command that would take effect more than a day after it is written down."""
    return invalid(Problem.AHEAD_OF_TIME, effective=command.effective.isoformat())


def inadmissible(command: Command) -> Refused | None:
    """The refusal of a command before any wallet is read; None if it is admissible."""
    match command:
        case Issue():
            return _amount(command.credits) or _issue(command)
        case Spend() | Return() | Void() | WriteOff():
            return _amount(command.credits)
        case Reverse() if command.up_to is not None and not 0 <= command.up_to <= MOST:
            return invalid(Problem.MORE_THAN_ISSUED, credits=command.up_to)
    return None


def overflow(wallet: Wallet) -> Refused | None:
    """The refusal of a wallet that would not fit its columns; None if it fits."""
    if max(wallet.balance, wallet.debt, wallet.held) > MOST:
        return invalid(Problem.AMOUNT_TOO_LARGE, most=MOST)
    return None


def _amount(credits: int) -> Refused | None:
    if credits <= 0:
        return invalid(Problem.AMOUNT_NOT_POSITIVE, credits=credits)
    if credits > MOST:
        return invalid(Problem.AMOUNT_TOO_LARGE, most=MOST)
    return None


def _issue(command: Issue) -> Refused | None:
    if not 0 <= command.cost_cents <= LARGEST_CENTS:
        return invalid(Problem.COST_OUT_OF_RANGE, cents=command.cost_cents)
    if command.expires is not None and command.expires <= command.effective:
        return invalid(Problem.EXPIRED_ALREADY, expires=command.expires.isoformat())
    return None
