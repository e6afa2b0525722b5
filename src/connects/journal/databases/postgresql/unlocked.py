"""Posting without locks, where the caller has no transaction: two journeys, not five.

The wallets are read with one statement. A second one, which is a transaction by itself, changes each
wallet if it is still as it was read, and writes the entries of those that it changed. What was decided on
a wallet that has moved on meanwhile is decided anew, with the others left as they are: commands of
different wallets have nothing to do with each other.

The keys of a few commands are asked for with the wallets, since a caller who repeats one mostly repeats
it alone. Those of many are not: the unique key tells of one that was answered, and then nothing of the
statement stands. Either way, a command that was answered is left to the locked way, which answers it. An
entry's key cannot have been written between reading and writing: its wallet would have moved on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from connects.journal.batch import LOOKING_BACK, Batch, Outcome, silent_keys
from connects.journal.parts import wallets_of
from connects.journal.port import Contention, KeyAnswered, Row, Store
from connects.journal.rows import LAST_ENTRY, rests
from connects.ledger.commands import Command

ATTEMPTS = 3
# So many commands are tried without asking for their keys first.
ASKED_UNDER = 16
# More than these are posted faster in parts, one being written while the next is decided.
TOGETHER = 250


def posts_unlocked(store: Store, commands: Sequence[Command]) -> bool:
    """Whether these can be posted so."""
    return (
        0 < len(commands) <= TOGETHER
        and store.posts_unlocked
        and not any(isinstance(command, LOOKING_BACK) for command in commands)
    )


def post_unlocked(
    store: Store, commands: Sequence[Command], recorded: datetime
) -> list[Outcome | None]:
    """Post and commit; the outcomes stand in the commands' order.

    Those that are None are to be posted under locks: their wallets move on again and again, or one of
    their keys had been answered.
    """
    outcomes: list[Outcome | None] = [None] * len(commands)
    left = sorted(range(len(commands)), key=lambda place: commands[place].wallet)
    for _ in range(ATTEMPTS):
        try:
            found = _attempt(store, [commands[place] for place in left], recorded)
        except (Contention, KeyAnswered):
            break
        for place, outcome in zip(left, found, strict=True):
            outcomes[place] = outcome
        left = [place for place in left if outcomes[place] is None]
        if not left:
            break
    return outcomes


def _attempt(
    store: Store, commands: Sequence[Command], recorded: datetime
) -> Sequence[Outcome | None]:
    """The outcomes of commands that stand in the order of wallets; None where a wallet had moved on."""
    asking = len(commands) < ASKED_UNDER
    if asking:
        rows = store.read_with_keys([(each.wallet, each.key) for each in commands])
    else:
        rows = store.read_unlocked(wallets_of(commands))
    batch = Decided(store, commands, rows, recorded)
    if not asking and (silent := batch.silent_keys()) and store.answered(silent):
        raise KeyAnswered
    if not batch.wallets:
        return batch.outcomes
    return batch.standing(store.write_unmoved(batch.wallets, batch.before, batch.entries))


class Decided:
    """What becomes of commands in the order of wallets, if those are still as they were read.

    Raises Contention where lots rest outside of a wallet's row, or are to: they are to be read as of the
    same moment as the row, which takes a lock.
    """

    def __init__(
        self,
        store: Store,
        commands: Sequence[Command],
        rows: Mapping[int, Row],
        recorded: datetime,
    ) -> None:
        if any(rests(row) for row in rows.values()):
            raise Contention
        batch = Batch(store, recorded, rows, {})
        self.commands = commands
        self.outcomes = [batch.post(command) for command in commands]
        self.wallets, self.entries = batch.changes()
        if batch.resting:
            raise Contention
        self.before = [rows[wallet[0]][LAST_ENTRY] for wallet in self.wallets]

    def silent_keys(self) -> list[tuple[int, str]]:
        """Keys of commands of which the unique key will not say that they were answered before."""
        return silent_keys(self.commands, self.outcomes)

    def standing(self, unmoved: Collection[int]) -> Sequence[Outcome | None]:
        """The outcomes, given which wallets were as they had been read; None for those of the others."""
        if len(unmoved) == len(self.wallets):
            return self.outcomes
        moved = {wallet[0] for wallet in self.wallets} - set(unmoved)
        return [
            None if command.wallet in moved else outcome
            for command, outcome in zip(self.commands, self.outcomes, strict=True)
        ]
