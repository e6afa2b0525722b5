"""SQLite: JSON for reading many at once, `executemany` for writing.

There are no row locks, and none are needed: transactions are begun IMMEDIATE, so the transaction inside
is the only writer. For the same reason nothing is posted optimistically.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

from typing_extensions import override

from connects.journal.databases.sql import SqlStore, by_key
from connects.journal.marks import spans_text
from connects.journal.port import EntryId, KeyLookup, Optimistic, Replaced, Row
from connects.journal.rows import ADDRESS, ENTRY_COLUMNS, ENTRY_ID, WALLET_COLUMNS

_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)
_ENTRY_OF_E = ", ".join(f"e.{column}" for column in ENTRY_COLUMNS)

_LOCK = (
    # What stands for a row's address is the one column of it that is indexed, as it was.
    f"SELECT {_WALLET}, next_expiry FROM journal_wallet"
    " WHERE id IN (SELECT value FROM json_each(%s)) ORDER BY id"
)
_BY = (
    f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
    " ON e.wallet = asked.value ->> 0 AND e.{column} = asked.value ->> 1"
)
_RETURNS_AFTER = (
    f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
    " ON e.wallet = asked.value ->> 0 AND e.number > asked.value ->> 1"
    " AND e.kind IN ('return', 'release')"
)
_EXPIRY = WALLET_COLUMNS.index("next_expiry")
_CHANGES = ", ".join(f"{column} = %s" for column in WALLET_COLUMNS[1:])
_UPDATE = f"UPDATE journal_wallet SET {_CHANGES} WHERE id = %s"
# A column that is named is written to its index, too, even where it stays the same.
_UPDATE_UNINDEXED = _UPDATE.replace("next_expiry = %s, ", "")
_PLACES = [*range(1, ADDRESS), 0]
_VALUES = itemgetter(*_PLACES)
_UNINDEXED_VALUES = itemgetter(*(place for place in _PLACES if place != _EXPIRY))
_INSERT = f"INSERT INTO journal_entry ({_ENTRY}) VALUES ({', '.join(['%s'] * len(ENTRY_COLUMNS))})"

_MARK = "INSERT INTO journal_mark (spans) VALUES (%s)"


class SQLiteStore(SqlStore):
    """Wallets and entries in a file."""

    @property
    @override
    def optimistic(self) -> Optimistic | None:
        return None

    @override
    def _wallets(self, wallets: Sequence[int], *, lock: bool) -> list[Row]:
        return self._listed(_LOCK, wallets)

    @override
    @contextmanager
    def posting(self, keys: Sequence[tuple[int, str]]) -> Iterator[KeyLookup]:
        yield lambda: by_key(self._listed(_BY.format(column="key"), keys))

    @override
    def _entries_at(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._listed(_BY.format(column="number"), ids)

    @override
    def _returns_after(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._listed(_RETURNS_AFTER, ids)

    @override
    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        with self.connection.cursor() as cursor:
            same = [row for row in wallets if row[_EXPIRY] == row[ADDRESS]]
            other = [row for row in wallets if row[_EXPIRY] != row[ADDRESS]]
            replaced = 0
            if same:
                cursor.executemany(_UPDATE_UNINDEXED, [_UNINDEXED_VALUES(row) for row in same])
                replaced = cursor.rowcount
            if other:
                cursor.executemany(_UPDATE, [_VALUES(row) for row in other])
                replaced += cursor.rowcount
            if entries:
                cursor.executemany(_INSERT, entries)
                cursor.execute(_MARK, [spans_text(map(ENTRY_ID, entries))])
        return lambda: replaced

    def _listed(
        self, statement: str, values: Sequence[int] | Sequence[tuple[int, object]]
    ) -> list[Row]:
        return self._query(statement, [json.dumps(list(values))])
