"""The one way into the ledger: a wallet and a command give entries, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connects.ledger.admission import inadmissible, overflow
from connects.ledger.booking.capture import capture
from connects.ledger.booking.correct import correct
from connects.ledger.booking.expire import expire_due
from connects.ledger.booking.give_back import give_back
from connects.ledger.booking.issue import issue
from connects.ledger.booking.reinstate import reinstate
from connects.ledger.booking.reverse import reverse
from connects.ledger.booking.spend import spend
from connects.ledger.booking.trim import trim
from connects.ledger.commands import (
    Capture,
    Command,
    Expire,
    Forfeit,
    Issue,
    Reinstate,
    Return,
    Reverse,
    Spend,
    Void,
    WriteOff,
)
from connects.ledger.entries import CHARGES, Booked, Entry, EntryKind
from connects.ledger.links import returned_of
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


@dataclass(frozen=True, slots=True)
class Past:
    """The earlier entries of one wallet that a command refers to, by number."""

    entries: Mapping[int, Entry] = field(default_factory=dict)

    def lots(self) -> dict[int, Lot]:
        return {entry.number: entry.lot for entry in self.entries.values() if entry.lot}


NOTHING_PAST = Past()


def decide(wallet: Wallet, command: Command, past: Past = NOTHING_PAST) -> Booked | Refused:
    """Decide what the command does to the wallet.

    `past` must hold the entries that the command refers to. For a return or a capture: the spend (or
    hold), the entries that issued the lots it drew on, and all returns and releases since. For a
    reversal and its undoing: all of the wallet's. A refusal changes nothing; an acceptance first expires
    what had come due.
    """
    if wallet.overflow_lots:
        covered = isinstance(command, Spend) and wallet.covers(command.credits, command.effective)
        assert covered, "a wallet without its overflow answers only for its listed lots"
    if refused := inadmissible(command):
        return refused
    due = expire_due(wallet, command)
    answer = _decide(due.wallet, command, past)
    if isinstance(answer, Refused):
        return answer
    if refused := overflow(answer.wallet):
        return refused
    return Booked(answer.wallet, due.entries + answer.entries) if due.entries else answer


def _decide(wallet: Wallet, command: Command, past: Past) -> Booked | Refused:
    match command:
        case Spend():
            return spend(wallet, command)
        case Issue():
            return issue(wallet, command)
        case Return() | Capture():
            return _of_earlier_spend(wallet, command, past)
        case Reverse():
            return reverse(wallet, command, past.entries)
        case Reinstate():
            return reinstate(wallet, command, past.entries)
        case Void() | WriteOff():
            return correct(wallet, command)
        case Forfeit():
            return trim(wallet, command)
        case Expire():
            return Booked(wallet, ())


def _of_earlier_spend(wallet: Wallet, command: Return | Capture, past: Past) -> Booked | Refused:
    if isinstance(command, Capture):
        return _capture(wallet, command, past)
    spent = past.entries.get(command.spend)
    if spent is None:
        return invalid(Problem.SPEND_UNKNOWN)
    gives_back = {EntryKind.HOLD} if command.kind is EntryKind.RELEASE else CHARGES
    if spent.kind not in gives_back:
        return invalid(Problem.NOT_A_SPEND)
    returned = returned_of(spent, past.entries.values())
    return give_back(wallet, command, spent, returned, past.lots())


def _capture(wallet: Wallet, command: Capture, past: Past) -> Booked | Refused:
    held = past.entries.get(command.hold)
    if held is None or held.kind is not EntryKind.HOLD:
        return invalid(Problem.HOLD_UNKNOWN)
    released = returned_of(held, past.entries.values())
    return capture(wallet, command, held, released, past.lots())
