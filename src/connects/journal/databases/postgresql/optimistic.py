"""Optimistic posting: wallets are read without a lock, and changed only if they are still the same.

That is a compare-and-swap, in two round trips for as many wallets as there are: one reads them, and one
statement changes those whose last entry is still the one that was read, and appends the entries of
these alone. Commands of a wallet that has moved on meanwhile are decided anew, or left to be posted under
locks; those of other wallets have nothing to do with them.

A repeated key is caught by the unique key of entries: nothing of the statement stands then, and all is
left to the locked way, which gives the first answer. A command that writes no entry has no such guard,
so its key is looked up. (An entry's key cannot have been written between reading and writing: its
wallet would have moved on.)

The algorithm is one, `_attempt`; its channel to the server is one of two. A caller without a transaction
posts *alone*: each statement is waited for and commits by itself. A large batch within the caller's
transaction goes *in flight*: statements are pipelined, so that the server reads the wallets of one slice,
or writes another, while this one is decided; it stands behind a savepoint, and wallets are changed in
the order of their ids, as they are locked in that order elsewhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from connects.journal.batch import Batch
from connects.journal.databases.postgresql.arrays import array
from connects.journal.databases.postgresql.channels import Alone, Channel, Rows, in_flight
from connects.journal.databases.postgresql.cursors import plain_cursor
from connects.journal.databases.postgresql.failures import Contention, KeyAnswered
from connects.journal.databases.postgresql.libpq import forget_prepared
from connects.journal.databases.postgresql.statements import LOCK_WITHOUT_WAITING
from connects.journal.port import Outcome, Store
from connects.journal.rows import LAST_ENTRY, PostedRows, has_overflow
from connects.journal.slices import SLICE, looks_back, slices, wallets_of
from connects.ledger.commands import Command
from connects.vocabulary.refusals import Refused

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

IN_FLIGHT_FROM = 200
# The wallets of so many slices are asked for before the first is written.
READ_AHEAD = 4

ATTEMPTS = 3
# With fewer commands than these their keys are read with the wallets: who repeats a key mostly repeats
# it by itself.
ASKED_UNDER = 16
# More than these are posted faster in slices, one being written while the next is decided.
ALONE_MOST = SLICE

_SAVEPOINT = "journal_batch"


@dataclass(frozen=True)
class OptimisticPosting:
    """See `journal.port.Optimistic`."""

    store: Store
    connection: BaseDatabaseWrapper

    @property
    def fewest(self) -> int:
        """See `journal.port.Optimistic`."""
        return IN_FLIGHT_FROM

    def post(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome | None]:
        """Post a large batch, already in the order of wallets, within the caller's transaction.

        A wallet that had moved on is locked for the caller where that needs no waiting. To wait, while
        wallets after it are held already, could be to wait in a circle: then nothing stands.
        """
        if looks_back(commands):
            return [None] * len(commands)
        try:
            with self._savepoint():
                with self.in_flight() as channel:
                    outcomes = _attempt(self.store, channel, commands, recorded)
                self._lock_without_waiting(_left(commands, outcomes))
                return outcomes
        except (KeyAnswered, Contention):
            return [None] * len(commands)

    def post_alone(self, commands: Sequence[Command], recorded: datetime) -> list[Outcome | None]:
        """Post and commit for a caller who has no transaction, and may name wallets in any order."""
        outcomes: list[Outcome | None] = [None] * len(commands)
        if self.connection.in_atomic_block or len(commands) > ALONE_MOST or looks_back(commands):
            return outcomes
        left = sorted(range(len(commands)), key=lambda position: commands[position].wallet)
        for _ in range(ATTEMPTS):
            channel = self.alone(asks_keys=len(left) < ASKED_UNDER)
            try:
                found = _attempt(
                    self.store, channel, [commands[position] for position in left], recorded
                )
            except (KeyAnswered, Contention):
                break
            for position, outcome in zip(left, found, strict=True):
                outcomes[position] = outcome
            left = [position for position in left if outcomes[position] is None]
            if not left:
                break
        return outcomes

    def alone(self, *, asks_keys: bool) -> Channel:
        """A channel each of whose statements is a transaction by itself."""
        return Alone(self.connection, asks_keys)

    def in_flight(self) -> AbstractContextManager[Channel]:
        """Send without waiting. At its end all results are there; nothing else is sent within."""
        return in_flight(self.connection)

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """Within it, what is written is taken back where KeyAnswered or Contention is raised."""
        with plain_cursor(self.connection) as cursor:
            cursor.execute(f"SAVEPOINT {_SAVEPOINT}")
            try:
                yield
            except (KeyAnswered, Contention):
                cursor.execute(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
                forget_prepared(self.connection)
                raise
            cursor.execute(f"RELEASE SAVEPOINT {_SAVEPOINT}")

    def _lock_without_waiting(self, commands: Sequence[Command]) -> None:
        if not commands:
            return
        wallets = wallets_of(commands)
        with plain_cursor(self.connection) as cursor:
            cursor.execute(LOCK_WITHOUT_WAITING, [array("bigint", wallets)])
            if len(cursor.fetchall()) < len(wallets):
                raise Contention


def _left(commands: Sequence[Command], outcomes: Sequence[Outcome | None]) -> list[Command]:
    return [command for command, outcome in zip(commands, outcomes, strict=True) if outcome is None]


def _attempt(
    store: Store, channel: Channel, commands: Sequence[Command], recorded: datetime
) -> list[Outcome | None]:
    """The outcomes of commands in the order of wallets; None for those of a wallet that had moved on."""
    sent = []
    for each, rows in _read_ahead(channel, commands):
        decided = _Decided(store, each, rows, recorded)
        checked = channel.expect_unanswered(silent_keys(each, decided.outcomes))
        written = channel.write_unchanged(decided.wallets, decided.before, decided.entries)
        sent.append((decided, checked, written))
    outcomes: list[Outcome | None] = []
    for decided, checked, written in sent:
        checked()
        outcomes += decided.standing(written())
    return outcomes


def silent_keys(commands: Sequence[Command], outcomes: Sequence[Outcome]) -> list[tuple[int, str]]:
    """Keys of commands that wrote no entry, so that the unique key says nothing of them."""
    return [
        (command.wallet, command.key)
        for command, outcome in zip(commands, outcomes, strict=True)
        if type(outcome) is not PostedRows and _wrote_nothing(outcome)
    ]


def _wrote_nothing(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) or (outcome.record is None and not outcome.repeated)


def _read_ahead(
    channel: Channel, commands: Sequence[Command]
) -> Iterator[tuple[Sequence[Command], Rows]]:
    """Each slice with its wallets, those of the next ones being asked for already."""
    asked: deque[tuple[Sequence[Command], Callable[[], Rows]]] = deque()
    for each in slices(commands):
        asked.append((each, channel.read(each)))
        if len(asked) == READ_AHEAD:
            first, rows = asked.popleft()
            yield first, rows()
    for each, rows in asked:
        yield each, rows()


class _Decided:
    """What becomes of commands in the order of wallets, if those are still as they were read.

    Raises Contention where lots stand outside of a wallet's row, or are to: they are to be read as of the
    same moment as the row, which takes a lock.
    """

    def __init__(
        self, store: Store, commands: Sequence[Command], rows: Rows, recorded: datetime
    ) -> None:
        if any(has_overflow(row) for row in rows.values()):
            raise Contention
        batch = Batch(store, recorded, rows, {})
        self.commands = commands
        self.outcomes = [batch.post(command) for command in commands]
        self.wallets, self.entries = batch.changes()
        if batch.overflow:
            raise Contention
        self.before = [rows[wallet[0]][LAST_ENTRY] for wallet in self.wallets]

    def standing(self, unchanged: Collection[int]) -> Sequence[Outcome | None]:
        """The outcomes, given which wallets were as they had been read; None for those of the others."""
        if len(unchanged) == len(self.wallets):
            return self.outcomes
        moved = {wallet[0] for wallet in self.wallets} - set(unchanged)
        return [
            None if command.wallet in moved else outcome
            for command, outcome in zip(self.commands, self.outcomes, strict=True)
        ]
