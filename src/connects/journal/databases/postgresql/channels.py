"""How optimistic posting reaches the server: statement by statement, or with many in flight."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from connects.journal.databases.postgresql import statements
from connects.journal.databases.postgresql.arrays import array
from connects.journal.databases.postgresql.failures import (
    AS_CONTENTION,
    AS_CONTENTION_OR_TIMEOUT,
    KeyAnswered,
)
from connects.journal.databases.postgresql.libpq import query
from connects.journal.databases.postgresql.pipelines import Pipeline, pipeline
from connects.journal.port import Row
from connects.journal.slices import wallets_of
from connects.ledger.commands import Command

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Rows: TypeAlias = Mapping[int, Row]


class Channel(Protocol):
    """How an attempt reaches the server. What is called later waits for what was sent."""

    def read(self, commands: Sequence[Command]) -> Callable[[], Rows]:
        """Read the commands' wallets, with their addresses."""

    def expect_unanswered(self, keys: Sequence[tuple[int, str]]) -> Callable[[], None]:
        """Look these keys up; raises KeyAnswered where an entry bears one."""

    def write_unchanged(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        """Write those wallets, in the order of ids, whose last entry is the one `before`; gives the ids.

        Raises KeyAnswered where an entry's key was there already, or Contention.
        """


@dataclass(frozen=True, slots=True)
class Alone:
    """A channel that waits for each statement, which is a transaction by itself.

    It reads keys with their wallets, where `asks_keys`, and else looks up those that no entry guards.
    """

    connection: BaseDatabaseWrapper
    asks_keys: bool

    def read(self, commands: Sequence[Command]) -> Callable[[], Rows]:
        if not self.asks_keys:
            rows = query(self.connection, statements.READ, [array("bigint", wallets_of(commands))])
            return lambda: {row[0]: row for row in rows}
        keys = [(command.wallet, command.key) for command in commands]
        found = query(self.connection, *statements.read_with_keys(keys))
        if any(row[-1] for row in found):
            raise KeyAnswered
        return lambda: {row[0]: row[:-1] for row in found}

    def expect_unanswered(self, keys: Sequence[tuple[int, str]]) -> Callable[[], None]:
        if keys and not self.asks_keys:
            _raise_if_answered(
                query(self.connection, statements.BY_KEY, statements.by_entry("text", keys))
            )
        return _nothing

    def write_unchanged(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        if not wallets:
            return tuple
        # One wallet's statement waits for as long as the caller's own settings say.
        with AS_CONTENTION_OR_TIMEOUT if len(wallets) > 1 else AS_CONTENTION:
            rows = query(self.connection, *statements.write_unchanged(wallets, before, entries))
        return lambda: {row[0] for row in rows}


@contextmanager
def in_flight(connection: BaseDatabaseWrapper) -> Iterator[Channel]:
    """A channel of the caller's transaction, which leaves its `lock_timeout` as it was."""
    with AS_CONTENTION_OR_TIMEOUT, pipeline(connection) as own:
        before = own.send("SELECT current_setting('lock_timeout')", [])
        yield _InFlight(own)
        ((lock_timeout,),) = before()
        own.send("SELECT set_config('lock_timeout', %s, true)", [lock_timeout])


@dataclass(frozen=True, slots=True)
class _InFlight:
    """A channel that waits for nothing until it is asked for."""

    pipeline: Pipeline

    def read(self, commands: Sequence[Command]) -> Callable[[], Rows]:
        rows = self.pipeline.send(statements.READ, [array("bigint", wallets_of(commands))])
        return lambda: {row[0]: row for row in rows()}

    def expect_unanswered(self, keys: Sequence[tuple[int, str]]) -> Callable[[], None]:
        if not keys:
            return _nothing
        rows = self.pipeline.send(statements.BY_KEY, statements.by_entry("text", keys))
        return lambda: _raise_if_answered(rows())

    def write_unchanged(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        if not wallets:
            return tuple
        rows = self.pipeline.send(*statements.write_unchanged(wallets, before, entries))
        return lambda: {row[0] for row in rows()}


def _nothing() -> None:
    pass


def _raise_if_answered(rows: Sequence[Row]) -> None:
    if rows:
        raise KeyAnswered
