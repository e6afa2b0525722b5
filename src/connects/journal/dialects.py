"""What differs by database, side by side: how a batch is read, locked and written.

PostgreSQL takes a batch as arrays, one for each column, and locks rows. SQLite takes a batch as JSON
(reading) or row by row in one call (writing), and needs no row locks: its transactions are begun
IMMEDIATE, so whoever is inside is the only writer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.backends.utils import CursorWrapper

from connects.journal.rows import ENTRY_COLUMNS, WALLET_COLUMNS, Row

_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)
_ENTRY_OF_E = ", ".join(f"e.{column}" for column in ENTRY_COLUMNS)

_POSTGRESQL_TYPES = {
    "id": "bigint",
    "wallet": "bigint",
    "moment": "bigint",
    "next_expiry": "bigint",
    "lot_cost_cents": "bigint",
    "lot_expires": "bigint",
    "effective": "bigint",
    "recorded": "bigint",
    "head": "bytea",
    "digest": "bytea",
    "hash": "bytea",
    "lots": "text",
    "kind": "text",
    "draws": "text",
    "reference": "text",
    "key": "text",
    "rule_book": "text",
}


class Dialect(Protocol):
    """How one database takes batches."""

    def lock(self, cursor: CursorWrapper, wallets: Sequence[int], *, update: bool) -> list[Row]:
        """Read wallets by id, locking them for the transaction where `update`."""

    def by_key(self, cursor: CursorWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        """Entries by wallet and idempotency key."""

    def by_number(self, cursor: CursorWrapper, ids: Sequence[tuple[int, int]]) -> list[Row]:
        """Entries by wallet and number."""

    def write_wallets(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        """Replace wallets' rows."""

    def write_entries(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        """Append entries."""


def _arrays(columns: Sequence[str]) -> str:
    return ", ".join(f"%s::{_POSTGRESQL_TYPES.get(column, 'integer')}[]" for column in columns)


def _transposed(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """Arrays, one statement a step, rows locked in the order of their ids."""

    def lock(self, cursor: CursorWrapper, wallets: Sequence[int], *, update: bool) -> list[Row]:
        suffix = "FOR UPDATE" if update else ""
        cursor.execute(
            f"SELECT {_WALLET} FROM journal_wallet WHERE id = ANY(%s) ORDER BY id {suffix}",
            [list(wallets)],
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def by_key(self, cursor: CursorWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        cursor.execute(
            f"SELECT {_ENTRY_OF_E} FROM unnest(%s::bigint[], %s::text[]) AS asked(wallet, key)"
            " JOIN journal_entry e ON e.wallet = asked.wallet AND e.key = asked.key",
            _transposed(keys),
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def by_number(self, cursor: CursorWrapper, ids: Sequence[tuple[int, int]]) -> list[Row]:
        cursor.execute(
            f"SELECT {_ENTRY_OF_E} FROM unnest(%s::bigint[], %s::integer[]) AS asked(wallet, number)"
            " JOIN journal_entry e ON e.wallet = asked.wallet AND e.number = asked.number",
            _transposed(ids),
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def write_wallets(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        changes = ", ".join(f"{column} = new.{column}" for column in WALLET_COLUMNS[1:])
        cursor.execute(
            f"UPDATE journal_wallet w SET {changes}"
            f" FROM unnest({_arrays(WALLET_COLUMNS)}) AS new({_WALLET}) WHERE w.id = new.id",
            _transposed(rows),
        )

    def write_entries(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        cursor.execute(
            f"INSERT INTO journal_entry ({_ENTRY}) SELECT * FROM unnest({_arrays(ENTRY_COLUMNS)})",
            _transposed(rows),
        )


@dataclass(frozen=True, slots=True)
class SQLite:
    """JSON for questions, `executemany` for writing; `update` needs nothing further here."""

    def lock(self, cursor: CursorWrapper, wallets: Sequence[int], *, update: bool) -> list[Row]:  # noqa: ARG002 PostgreSQL's rows need it
        cursor.execute(
            f"SELECT {_WALLET} FROM journal_wallet"
            " WHERE id IN (SELECT value FROM json_each(%s)) ORDER BY id",
            [json.dumps(list(wallets))],
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def by_key(self, cursor: CursorWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        cursor.execute(
            f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
            " ON e.wallet = asked.value ->> 0 AND e.key = asked.value ->> 1",
            [json.dumps(list(keys))],
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def by_number(self, cursor: CursorWrapper, ids: Sequence[tuple[int, int]]) -> list[Row]:
        cursor.execute(
            f"SELECT {_ENTRY_OF_E} FROM json_each(%s) AS asked CROSS JOIN journal_entry e"
            " ON e.wallet = asked.value ->> 0 AND e.number = asked.value ->> 1",
            [json.dumps(list(ids))],
        )
        rows: list[Row] = cursor.fetchall()
        return rows

    def write_wallets(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        changes = ", ".join(f"{column} = %s" for column in WALLET_COLUMNS[1:])
        cursor.executemany(
            f"UPDATE journal_wallet SET {changes} WHERE id = %s",
            [(*row[1:], row[0]) for row in rows],
        )

    def write_entries(self, cursor: CursorWrapper, rows: Sequence[Row]) -> None:
        places = ", ".join(["%s"] * len(ENTRY_COLUMNS))
        cursor.executemany(f"INSERT INTO journal_entry ({_ENTRY}) VALUES ({places})", rows)


DIALECTS: dict[str, Dialect] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
