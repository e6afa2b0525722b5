"""The store on a SQL database, over Django's connection, so that it shares the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from connects.journal.databases.dialects import Dialect, dialect_of
from connects.journal.moments import microseconds, moment_of
from connects.journal.port import (
    Answers,
    EntryId,
    ExpiringLot,
    HistoryQuery,
    KeyAnswered,
    Record,
    Replaced,
    Row,
    StoredWallet,
    Totals,
    UnderWay,
)
from connects.journal.rows import (
    ENTRY_COLUMNS,
    KEY,
    PLACE,
    WALLET_COLUMNS,
    record_of,
    rests,
    wallet_of,
    wallet_row,
    whole,
)
from connects.ledger.entries import EntryKind
from connects.ledger.wallet import Wallet

_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)


@dataclass(frozen=True, slots=True)
class SqlStore:
    """Wallets and entries in the database that Django calls `alias`. See `journal.port.Store`.

    `own` is there for who asks several times at once in one thread, in which Django's connection is the
    same each time; to look for it takes longer than much of what it is asked for.
    """

    alias: str = "default"
    own: tuple[BaseDatabaseWrapper, Dialect] | None = None

    def in_this_thread(self) -> SqlStore:
        """The same for calls of this thread, as long as it keeps its connection."""
        connection = self._connection
        return SqlStore(self.alias, (connection, dialect_of(connection)))

    @property
    def _connection(self) -> BaseDatabaseWrapper:
        return connections[self.alias] if self.own is None else self.own[0]

    @property
    def _dialect(self) -> Dialect:
        return dialect_of(self._connection) if self.own is None else self.own[1]

    def _ask(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[Row] = cursor.fetchall()
            return rows

    def open_wallets(self, wallets: Sequence[int]) -> None:
        rows = [wallet_row(StoredWallet(Wallet(wallet)))[:PLACE] for wallet in wallets]
        places = ", ".join(["%s"] * len(WALLET_COLUMNS))
        with self._connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO journal_wallet ({_WALLET}) VALUES ({places})"
                " ON CONFLICT (id) DO NOTHING",
                rows,
            )

    def lock(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        rows = self.lock_rows(wallets)
        return {
            wallet: whole(wallet_of(row), self.resting_lots(wallet) if rests(row) else None)
            for wallet, row in rows.items()
        }

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        assert self._connection.in_atomic_block, "posting needs the caller's transaction"
        rows = self._dialect.lock(self._connection, wallets, update=True)
        return {row[0]: row for row in rows}

    def read(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        rows = self._dialect.lock(self._connection, wallets, update=False)
        return {row[0]: self._whole(row) for row in rows}

    def _whole(self, row: Row) -> StoredWallet:
        """The wallet of a row that was read without a lock; read again where some of its lots rest."""
        if not rests(row):
            return wallet_of(row)
        ((*again, resting),) = self._ask(
            f"SELECT {_WALLET}, resting FROM journal_wallet WHERE id = %s", [row[0]]
        )
        return whole(wallet_of(tuple(again)), resting)

    @contextmanager
    def posting(self, keys: Sequence[tuple[int, str]]) -> Iterator[Answers]:
        def answers() -> Mapping[tuple[int, str], Row]:
            return {(row[0], row[KEY]): row for row in rows()}

        with self._dialect.posting(self._connection, keys) as rows:
            yield answers

    def tries(self, commands: int) -> bool:
        least = self._dialect.tried_from
        return least is not None and commands >= least

    def trying(self) -> AbstractContextManager[None]:
        return self._dialect.trying(self._connection)

    def under_way(self) -> AbstractContextManager[UnderWay]:
        return self._dialect.under_way(self._connection)

    def lock_at_once(self, wallets: Sequence[int]) -> bool:
        return self._dialect.lock_at_once(self._connection, wallets)

    def answered(self, keys: Sequence[tuple[int, str]]) -> bool:
        return bool(self._dialect.by_key(self._connection, keys))

    @property
    def posts_unlocked(self) -> bool:
        return self._dialect.posts_unlocked and not self._connection.in_atomic_block

    def read_with_keys(self, keys: Sequence[tuple[int, str]]) -> Mapping[int, Row]:
        rows = self._dialect.read_with_keys(self._connection, keys)
        if any(row[-1] for row in rows):
            raise KeyAnswered
        return {row[0]: row[:-1] for row in rows}

    def read_unlocked(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        return {row[0]: row for row in self._dialect.read_unlocked(self._connection, wallets)}

    def write_unmoved(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Collection[int]:
        return set(self._dialect.write_unmoved(self._connection, wallets, before, entries))

    def entries_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, Record]:
        records = map(record_of, self._dialect.by_number(self._connection, ids))
        return {(record.entry.wallet, record.entry.number): record for record in records}

    def returns_after(self, ids: Sequence[EntryId]) -> Sequence[Record]:
        return [record_of(row) for row in self._dialect.returns_after(self._connection, ids)]

    def entries_from(self, wallet: int, number: int, limit: int) -> Sequence[Record]:
        rows = self._ask(
            f"SELECT {_ENTRY} FROM journal_entry WHERE wallet = %s AND number >= %s"
            " ORDER BY number LIMIT %s",
            [wallet, number, limit],
        )
        return [record_of(row) for row in rows]

    def entries_after(self, place: EntryId, limit: int) -> Sequence[Record]:
        rows = self._ask(
            f"SELECT {_ENTRY} FROM journal_entry WHERE (wallet, number) > (%s, %s)"
            " ORDER BY wallet, number LIMIT %s",
            [*place, limit],
        )
        return [record_of(row) for row in rows]

    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        return self._dialect.write(self._connection, wallets, entries)

    def resting_lots(self, wallet: int) -> str | None:
        return self._dialect.resting_lots(self._connection, wallet)

    def write_resting(self, lots: Mapping[int, str]) -> None:
        self._dialect.write_resting(self._connection, lots)

    def wallets_after(self, wallet: int, limit: int) -> Sequence[StoredWallet]:
        rows = self._ask(
            f"SELECT {_WALLET} FROM journal_wallet WHERE id > %s ORDER BY id LIMIT %s",
            [wallet, limit],
        )
        return [self._whole(row) for row in rows]

    def history(self, query: HistoryQuery) -> Sequence[Record]:
        conditions, parameters = ["wallet = %s"], [query.wallet]
        if query.before is not None:
            conditions.append("number < %s")
            parameters.append(query.before)
        if query.kinds:
            conditions.append(f"kind IN ({', '.join(['%s'] * len(query.kinds))})")
        rows = self._ask(
            f"SELECT {_ENTRY} FROM journal_entry WHERE {' AND '.join(conditions)}"
            " ORDER BY number DESC LIMIT %s",
            [*parameters, *(kind.value for kind in query.kinds), query.limit],
        )
        return [record_of(row) for row in rows]

    def totals(self, wallet: int) -> Mapping[EntryKind, Totals]:
        rows = self._ask(
            "SELECT kind, SUM(credits), SUM(debt_change), COUNT(*) FROM journal_entry"
            " WHERE wallet = %s GROUP BY kind",
            [wallet],
        )
        return {
            EntryKind(kind): Totals(credits, debt, count) for kind, credits, debt, count in rows
        }

    def count_entries(self) -> int:
        return int(self._ask("SELECT COUNT(*) FROM journal_entry", [])[0][0])

    def next_expiry(self) -> datetime | None:
        rows = self._ask("SELECT MIN(next_expiry) FROM journal_wallet", [])
        return None if rows[0][0] is None else moment_of(rows[0][0])

    def wallets_expiring(self, until: datetime, limit: int) -> Sequence[int]:
        rows = self._ask(
            "SELECT id FROM journal_wallet WHERE next_expiry <= %s ORDER BY next_expiry LIMIT %s",
            [microseconds(until), limit],
        )
        return [row[0] for row in rows]

    def lots_expiring(self, after: datetime, until: datetime, limit: int) -> Sequence[ExpiringLot]:
        rows = self._ask(
            "SELECT wallet, number, lot_expires FROM journal_entry"
            " WHERE lot_expires > %s AND lot_expires <= %s"
            " ORDER BY lot_expires, wallet, number LIMIT %s",
            [microseconds(after), microseconds(until), limit],
        )
        return [ExpiringLot(wallet, lot, moment_of(expires)) for wallet, lot, expires in rows]
