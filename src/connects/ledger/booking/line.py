"""Writing the next line of a wallet's history: its number, its instant, its sums."""

from __future__ import annotations

from collections.abc import Mapping

from connects.ledger.commands import Command
from connects.ledger.entries import Booked, Draw, Entry, EntryKind
from connects.ledger.lots import Lot
from connects.ledger.replay import NO_ORIGINS, apply
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


def write_line(
    wallet: Wallet,
    command: Command,
    kind: EntryKind,
    draws: tuple[Draw, ...],
    *,
    lot: Lot | None = None,
    debt_change: Connects = 0,
    withheld: Connects = 0,
    origins: Mapping[int, Lot] = NO_ORIGINS,
) -> Booked:
    """The command's entry and the wallet after it.

    The entry takes effect when the command does, but never before the entry that precedes it.
    """
    change = 0 if lot is None else lot.credits
    for draw in draws:
        change += draw.credits
    entry = Entry(
        wallet.id,
        wallet.last_entry + 1,
        kind,
        change,
        wallet.balance + change,
        draws,
        lot,
        debt_change,
        withheld,
        command.reference,
        command.key,
        command.digest(),
        command.rule_book,
        max(command.effective, wallet.moment),
    )
    return Booked(apply(wallet, entry, origins), (entry,))
