"""PostgreSQL: a batch is sent as arrays, and the server works on one slice while the next is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import cast

from typing_extensions import override

from connects.journal.databases.postgresql import statements
from connects.journal.databases.postgresql.arrays import array
from connects.journal.databases.postgresql.cursors import kept_cursor, plain_cursor
from connects.journal.databases.postgresql.libpq import ask, query
from connects.journal.databases.postgresql.optimistic import OptimisticPosting
from connects.journal.databases.sql import READ_OVERFLOW, WRITE_OVERFLOW, SqlStore, by_key
from connects.journal.port import EntryId, KeyLookup, Optimistic, Replaced, Row

# Fewer keys than these are looked up sooner than a pipeline is begun and ended.
PIPELINED_FROM = 16


class PostgreSQLStore(SqlStore):
    """Rows are locked in the order of their ids, and written at the addresses at which they were locked.

    Its statements run on psycopg's own cursors (`cursors`); those of optimistic posts, wallets, and what
    is read outside of a transaction, through libpq.
    """

    @property
    @override
    def optimistic(self) -> Optimistic | None:
        return OptimisticPosting(self, self.connection)

    @override
    def _wallets(self, wallets: Sequence[int], *, lock: bool) -> list[Row]:
        statement = statements.LOCK if lock else statements.READ
        return ask(self.connection, statement, [array("bigint", wallets)])

    @override
    def _open_wallets(self, rows: Sequence[Row]) -> None:
        if rows:
            with kept_cursor(self.connection) as cursor:
                cursor.execute(*statements.open_wallets(rows))

    @override
    @contextmanager
    def posting(self, keys: Sequence[tuple[int, str]]) -> Iterator[KeyLookup]:
        """A pipeline: nobody waits for the server until the look-up or the end."""
        with plain_cursor(self.connection) as cursor:
            many = len(keys) >= PIPELINED_FROM
            with cursor.connection.pipeline() if many else nullcontext():
                if len(keys) == 1:
                    cursor.execute(statements.BY_ONE_KEY, [str(keys[0][0]), keys[0][1]])
                else:
                    cursor.execute(statements.BY_KEY, statements.by_entry("text", keys))
                yield lambda: by_key(cast("list[Row]", cursor.fetchall()))

    @override
    def _entries_at(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(statements.BY_NUMBER, statements.by_entry("integer", ids))

    @override
    def _returns_after(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(statements.RETURNS_AFTER, statements.by_entry("integer", ids))

    @override
    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        with plain_cursor(self.connection) as cursor:
            cursor.execute(*statements.write(wallets, entries))
        # In a pipeline the server has not yet said it.
        return lambda: cursor.rowcount

    @override
    def overflow_lots(self, wallet: int) -> str | None:
        rows = self._rows(READ_OVERFLOW, [str(wallet)])
        return cast("str | None", rows[0][0]) if rows else None

    @override
    def write_overflow(self, lots: Mapping[int, str]) -> None:
        for wallet, text in lots.items():
            with plain_cursor(self.connection) as cursor:
                cursor.execute(WRITE_OVERFLOW, [text, wallet])

    def _rows(self, statement: str, values: Sequence[str | bytes]) -> list[Row]:
        if not self.connection.in_atomic_block:
            return query(self.connection, statement, values)
        with kept_cursor(self.connection) as cursor:
            cursor.execute(statement, values)
            return cast("list[Row]", cursor.fetchall())
