"""The one way into the ledger: a wallet and a command give entries, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connects.ledger.booking.expire import expire_due
from connects.ledger.booking.give_back import give_back
from connects.ledger.booking.issue import issue
from connects.ledger.booking.reverse import reverse
from connects.ledger.booking.spend import spend
from connects.ledger.booking.trim import trim
from connects.ledger.commands import Command, Expire, Forfeit, Issue, Return, Reverse, Spend
from connects.ledger.entries import SPENDING, Booked, Entry
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import RefusalCode, Refused


@dataclass(frozen=True, slots=True)
class Past:
    """The earlier entries of one wallet that a command looks back at, by number."""

    entries: Mapping[int, Entry] = field(default_factory=dict)

    def lots(self) -> dict[int, Lot]:
        return {entry.number: entry.lot for entry in self.entries.values() if entry.lot}


NOTHING_PAST = Past()


def decide(wallet: Wallet, command: Command, past: Past = NOTHING_PAST) -> Booked | Refused:
    """What the command does to the wallet.

    `past` must hold the entries that the command looks back at: for a return the spend and the
    entries that issued the lots it drew on, for a reversal all from the lot's own on. A refusal
    changes nothing; an acceptance first expires what had come due.
    """
    if wallet.behind:
        covered = isinstance(command, Spend) and wallet.covers(command.credits, command.effective)
        assert covered, "whoever shows a wallet in part asks only what that part can answer"
    if not wallet.lots or wallet.lots[0].live_at(command.effective):
        return _decide(wallet, command, past)
    due = expire_due(wallet, command)
    answer = _decide(due.wallet, command, past)
    if isinstance(answer, Refused):
        return answer
    return Booked(answer.wallet, due.entries + answer.entries)


def _decide(wallet: Wallet, command: Command, past: Past) -> Booked | Refused:
    match command:
        case Spend():
            return spend(wallet, command)
        case Issue():
            return issue(wallet, command)
        case Return():
            return _give_back(wallet, command, past)
        case Expire():
            return Booked(wallet, ())
        case Forfeit():
            return trim(wallet, command)
        case Reverse():
            if command.lot not in past.lots():
                return Refused(RefusalCode.INVALID, {"problem": "lot_unknown"})
            return reverse(wallet, command, past.entries.values())


def _give_back(wallet: Wallet, command: Return, past: Past) -> Booked | Refused:
    spent = past.entries.get(command.spend)
    if spent is None:
        return Refused(RefusalCode.INVALID, {"problem": "spend_unknown"})
    if spent.kind not in SPENDING:
        return Refused(RefusalCode.INVALID, {"problem": "not_a_spend"})
    return give_back(wallet, command, spent, past.lots())
