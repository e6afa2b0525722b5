"""Posting without locks, for callers who have no transaction of their own: two journeys in place of five.

Wallets and keys are read with one statement. A second one, which is a transaction by itself, changes
each wallet that is still as it was read, and writes the entries of those; so every wallet is posted to
whole or not at all. Whoever finds that a wallet has moved on reads it again and decides anew. An entry's
key cannot have been written meanwhile by another: its wallet would have moved on.
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
) -> list[Outcome | None]:
    """Outcomes in the commands' order; None for those that are to be posted under locks.

    Those are commands that look back at earlier entries, what else goes to their wallets, and commands
    to wallets that moved on again and again.
    """
    outcomes: list[Outcome | None] = [None] * len(commands)
    looking = {command.wallet for command in commands if isinstance(command, LOOKING_BACK)}
    left = [place for place, command in enumerate(commands) if command.wallet not in looking]
    left.sort(key=lambda place: commands[place].wallet)
    for _ in range(ATTEMPTS):
        if not left:
            break
        asked = [commands[place] for place in left]
        found, moved_on = _tried(store, asked, recorded)
        for place, outcome in zip(left, found, strict=True):
            if commands[place].wallet not in moved_on:
                outcomes[place] = outcome
        left = [place for place in left if commands[place].wallet in moved_on]
    return outcomes


def _tried(
    store: Store, commands: Sequence[Command], recorded: datetime
) -> tuple[list[Outcome], set[int]]:
    """The outcomes, and the wallets for which they do not hold, since they had moved on."""
    rows, answered = store.read_with_keys([(command.wallet, command.key) for command in commands])
    batch = Batch(store, recorded, rows, answered)
    outcomes = [batch.post(command) for command in commands]
    wallets, entries = batch.changes()
    if not wallets:
        return outcomes, set()
    before = [rows[wallet[0]][LAST_ENTRY] for wallet in wallets]
    changed = store.write_unmoved(wallets, before, entries)
    return outcomes, {wallet[0] for wallet in wallets} - changed
