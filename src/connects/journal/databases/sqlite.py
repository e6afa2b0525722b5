"""SQLite: JSON for questions, `executemany` for writing.

There are no row locks, and none are needed: transactions are begun IMMEDIATE, so whoever is inside is
the only writer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from connects.journal.port import Replaced, Row, UnderWay
from connects.journal.rows import (
    ENTRY_COLUMNS,
    PLACE,
    READ_RESTING,
    WALLET_COLUMNS,
    WRITE_RESTING,
)

_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)
_ENTRY_OF_E = ", ".join(f"e.{column}" for column in ENTRY_COLUMNS)

_LOCK = (
    # What stands for a row's place is the one column of it that is indexed, as it was.
    f"SELECT {_WALLET}, next_expiry FROM journal_wallet"
    " WHERE id IN (SELECT value FROM json_each(%s)) ORDER BY id"
)
_BY = (
    f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
    " ON e.wallet = asked.value ->> 0 AND e.{column} = asked.value ->> 1"
)
_RETURNS_AFTER = (
    f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
    " ON e.wallet = asked.value ->> 0 AND e.number > asked.value ->> 1 AND e.kind = 'return'"
)
_EXPIRY = WALLET_COLUMNS.index("next_expiry")
_CHANGES = ", ".join(f"{column} = %s" for column in WALLET_COLUMNS[1:])
_UPDATE = f"UPDATE journal_wallet SET {_CHANGES} WHERE id = %s"
# A column that is named is written to its index, too, even where it stays the same.
_UPDATE_UNINDEXED = _UPDATE.replace("next_expiry = %s, ", "")
_INSERT = f"INSERT INTO journal_entry ({_ENTRY}) VALUES ({', '.join(['%s'] * len(ENTRY_COLUMNS))})"


@dataclass(frozen=True, slots=True)
class SQLite:
    """See `journal.dialects.Dialect`; `update` needs nothing further here."""

    tried_from: None = None
    posts_unlocked: bool = False

    def lock(
        self,
        connection: BaseDatabaseWrapper,
        wallets: Sequence[int],
        *,
        update: bool,  # noqa: ARG002 PostgreSQL's rows need it
    ) -> list[Row]:
        return _ask(connection, _LOCK, wallets)

    @contextmanager
    def posting(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> Iterator[Callable[[], list[Row]]]:
        yield lambda: self.by_key(connection, keys)

    def trying(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
        raise NotImplementedError("a savepoint costs SQLite more than it saves")

    def under_way(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[UnderWay]:
        raise NotImplementedError("SQLite answers at once")

    def lock_at_once(self, connection: BaseDatabaseWrapper, wallets: Sequence[int]) -> bool:
        raise NotImplementedError("whoever is inside is the only writer")

    def read_with_keys(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> list[Row]:
        raise NotImplementedError("whoever is inside is the only writer")

    def read_unlocked(self, connection: BaseDatabaseWrapper, wallets: Sequence[int]) -> list[Row]:
        raise NotImplementedError("whoever is inside is the only writer")

    def write_unmoved(
        self,
        connection: BaseDatabaseWrapper,
        wallets: Sequence[Row],
        before: Sequence[int],
        entries: Sequence[Row],
    ) -> list[int]:
        raise NotImplementedError("whoever is inside is the only writer")

    def by_key(self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        return _ask(connection, _BY.format(column="key"), keys)

    def by_number(
        self, connection: BaseDatabaseWrapper, ids: Sequence[tuple[int, int]]
    ) -> list[Row]:
        return _ask(connection, _BY.format(column="number"), ids)

    def returns_after(
        self, connection: BaseDatabaseWrapper, ids: Sequence[tuple[int, int]]
    ) -> list[Row]:
        return _ask(connection, _RETURNS_AFTER, ids)

    def write(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[Row], entries: Sequence[Row]
    ) -> Replaced:
        with connection.cursor() as cursor:
            same = [row for row in wallets if row[_EXPIRY] == row[PLACE]]
            other = [row for row in wallets if row[_EXPIRY] != row[PLACE]]
            replaced = 0
            if same:
                cursor.executemany(
                    _UPDATE_UNINDEXED,
                    [(*row[1:_EXPIRY], *row[_EXPIRY + 1 : PLACE], row[0]) for row in same],
                )
                replaced = cursor.rowcount
            if other:
                cursor.executemany(_UPDATE, [(*row[1:PLACE], row[0]) for row in other])
                replaced += cursor.rowcount
            cursor.executemany(_INSERT, entries)
        return lambda: replaced

    def resting_lots(self, connection: BaseDatabaseWrapper, wallet: int) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute(READ_RESTING, [wallet])
            found = cursor.fetchone()
            return None if found is None else found[0]

    def write_resting(self, connection: BaseDatabaseWrapper, lots: Mapping[int, str]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE_RESTING, [(text, wallet) for wallet, text in lots.items()])


def _ask(connection: BaseDatabaseWrapper, question: str, asked: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(question, [json.dumps(list(asked))])
        rows: list[Row] = cursor.fetchall()
        return rows
