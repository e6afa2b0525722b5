"""PostgreSQL: a batch is sent as arrays, and the server works on one slice while the next is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, cast

from typing_extensions import override

from connects.journal.databases.postgresql import statements
from connects.journal.databases.postgresql.arrays import Binary, array
from connects.journal.databases.postgresql.cursors import kept_cursor
from connects.journal.databases.postgresql.libpq import Value, ask, direct_of
from connects.journal.databases.postgresql.optimistic import OptimisticPosting
from connects.journal.databases.postgresql.pipelines import pipeline, tell
from connects.journal.databases.sql import READ_OVERFLOW, WRITE_OVERFLOW, SqlStore, by_key
from connects.journal.port import EntryId, KeyLookup, Optimistic, Replaced, Row


class PostgreSQLStore(SqlStore):
    """Rows are locked in the order of their ids, and written at the addresses at which they were locked.

    Its statements go through libpq, those of a batch in a pipeline.
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
        with pipeline(self.connection) as own:
            rows = own.send(*self._look_up(keys))
            yield lambda: by_key(rows())

    def _look_up(self, keys: Sequence[tuple[int, str]]) -> tuple[str, Sequence[Value]]:
        if len(keys) == 1:
            ((wallet, key),) = keys
            return statements.BY_ONE_KEY, [str(wallet), Binary(key.encode())]
        return statements.BY_KEY, statements.by_entry("text", keys)

    @override
    def together(self) -> AbstractContextManager[object]:
        return pipeline(self.connection)

    @override
    def _entries_at(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(statements.BY_NUMBER, statements.by_entry("integer", ids))

    @override
    def _returns_after(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(statements.RETURNS_AFTER, statements.by_entry("integer", ids))

    @override
    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        with pipeline(self.connection) as own:
            told = own.put(*statements.write(wallets, entries))
            own.flush()
        return lambda: told.changed

    @override
    def overflow_lots(self, wallet: int) -> str | None:
        rows = self._rows(READ_OVERFLOW, [str(wallet)])
        return cast("str | None", rows[0][0]) if rows else None

    @override
    def write_overflow(self, lots: Mapping[int, str]) -> None:
        for wallet, text in lots.items():
            tell(self.connection, WRITE_OVERFLOW, [text, str(wallet)])

    def _rows(self, statement: str, values: Sequence[str | bytes]) -> list[Row]:
        return ask(self.connection, statement, values)

    @override
    def _query(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        if direct_of(self.connection).pipeline is None:
            return super()._query(sql, parameters)
        return ask(self.connection, sql, [str(each) for each in parameters])
