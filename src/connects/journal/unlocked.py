"""Posting to one wallet without locks, where the caller has no transaction: two journeys, not five.

The wallet and the keys are read with one statement. A second one, which is a transaction by itself,
changes the wallet if it is still as it was read, and writes the entries. Whoever finds that it has moved
on reads it again and decides anew. An entry's key cannot have been written meanwhile by another: the
wallet would have moved on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connects.journal.batch import LOOKING_BACK, Batch, Outcome
from connects.journal.port import Store
from connects.journal.rows import LAST_ENTRY
from connects.ledger.commands import Command

ATTEMPTS = 3


def post_unlocked(
    store: Store, commands: Sequence[Command], recorded: datetime
) -> list[Outcome] | None:
    """Post commands to one wallet and commit them; None where they are to be posted under a lock.

    That is where one looks back at earlier entries, or the wallet moves on again and again.
    """
    if any(isinstance(command, LOOKING_BACK) for command in commands):
        return None
    for _ in range(ATTEMPTS):
        rows, answered = store.read_with_keys([(each.wallet, each.key) for each in commands])
        batch = Batch(store, recorded, rows, answered)
        outcomes = [batch.post(command) for command in commands]
        wallets, entries = batch.changes()
        if not wallets:
            return outcomes
        (wallet,) = wallets
        if store.write_unmoved(wallet, rows[wallet[0]][LAST_ENTRY], entries):
            return outcomes
    return None
