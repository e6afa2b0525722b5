"""The store on a SQL database: what all of them have in common.

It works over Django's connection, so that it shares the caller's transaction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

from connects.journal.moments import microseconds, moment_of
from connects.journal.port import (
    EntryId,
    ExpiringLot,
    HistoryQuery,
    KeyLookup,
    Optimistic,
    Record,
    Replaced,
    Row,
    StoredWallet,
    Totals,
)
from connects.journal.rows import (
    ADDRESS,
    ENTRY_COLUMNS,
    KEY,
    WALLET_COLUMNS,
    has_overflow,
    record_of,
    wallet_of,
    wallet_row,
    with_overflow,
)
from connects.ledger.booking.expire import keys_of_expiries
from connects.ledger.entries import EntryKind
from connects.ledger.wallet import Wallet

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)

AT_ONCE = 2_000
LOTS_AT_ONCE = 200

READ_OVERFLOW = "SELECT resting FROM journal_wallet WHERE id = %s"
WRITE_OVERFLOW = "UPDATE journal_wallet SET resting = %s WHERE id = %s"


def by_key(rows: Sequence[Row]) -> dict[tuple[int, str], Row]:
    """Entries by their wallet and key."""
    return {(row[0], row[KEY]): row for row in rows}


class SqlStore(ABC):
    """Wallets and entries in the database of this thread's connection. See `journal.port.Store`.

    A database has its own way of what is abstract here.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @property
    @abstractmethod
    def optimistic(self) -> Optimistic | None: ...

    @abstractmethod
    def _wallets(self, wallets: Sequence[int], *, lock: bool) -> list[Row]:
        """Wallets by id, with their addresses; locked for the transaction where it says so."""

    @abstractmethod
    def posting(self, keys: Sequence[tuple[int, str]]) -> AbstractContextManager[KeyLookup]: ...

    def together(self) -> AbstractContextManager[object]:
        return nullcontext()

    @abstractmethod
    def _entries_at(self, ids: Sequence[EntryId]) -> list[Row]: ...

    @abstractmethod
    def _returns_after(self, ids: Sequence[EntryId]) -> list[Row]: ...

    @abstractmethod
    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced: ...

    def _query(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[Row] = cursor.fetchall()
            return rows

    def open_wallets(self, wallets: Sequence[int]) -> None:
        self._open_wallets([wallet_row(StoredWallet(Wallet(each)))[:ADDRESS] for each in wallets])

    def _open_wallets(self, rows: Sequence[Row]) -> None:
        places = ", ".join(["%s"] * len(WALLET_COLUMNS))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO journal_wallet ({_WALLET}) VALUES ({places})"
                " ON CONFLICT (id) DO NOTHING",
                rows,
            )

    def lock(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        rows = self.lock_rows(wallets)
        return {
            wallet: with_overflow(
                wallet_of(row), self.overflow_lots(wallet) if has_overflow(row) else None
            )
            for wallet, row in rows.items()
        }

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        assert self.connection.in_atomic_block, "posting needs the caller's transaction"
        return {row[0]: row for row in self._wallets(wallets, lock=True)}

    def read(self, wallets: Sequence[int]) -> Mapping[int, StoredWallet]:
        return {row[0]: self._whole(row) for row in self._wallets(wallets, lock=False)}

    def _whole(self, row: Row) -> StoredWallet:
        """The wallet of a row that was read without a lock; read again where lots overflow it."""
        if not has_overflow(row):
            return wallet_of(row)
        ((*again, overflow),) = self._query(
            f"SELECT {_WALLET}, resting FROM journal_wallet WHERE id = %s", [row[0]]
        )
        return with_overflow(wallet_of(tuple(again)), overflow)

    def entries_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, Record]:
        records = map(record_of, self._entries_at(ids))
        return {(record.entry.wallet, record.entry.number): record for record in records}

    def debts_at(self, ids: Sequence[EntryId]) -> Mapping[EntryId, int]:
        wallets = sorted({wallet for wallet, _ in ids})
        places = ", ".join(["%s"] * len(wallets))
        changes = self._query(
            "SELECT wallet, number, debt_change FROM journal_entry WHERE debt_change <> 0"
            f" AND wallet IN ({places})",
            wallets,
        )
        by_wallet: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for wallet, number, change in changes:
            by_wallet[wallet].append((number, change))
        return {
            (wallet, number): sum(each for at, each in by_wallet.get(wallet, ()) if at <= number)
            for wallet, number in ids
        }

    def returns_after(self, ids: Sequence[EntryId]) -> Sequence[Record]:
        return [record_of(row) for row in self._returns_after(ids)]

    def entries_from(self, wallet: int, number: int, limit: int) -> Sequence[Record]:
        rows = self._query(
            f"SELECT {_ENTRY} FROM journal_entry WHERE wallet = %s AND number >= %s"
            " ORDER BY number LIMIT %s",
            [wallet, number, limit],
        )
        return [record_of(row) for row in rows]

    def entries_after(self, after: EntryId, limit: int) -> Sequence[Record]:
        rows = self._query(
            f"SELECT {_ENTRY} FROM journal_entry WHERE (wallet, number) > (%s, %s)"
            " ORDER BY wallet, number LIMIT %s",
            [*after, limit],
        )
        return [record_of(row) for row in rows]

    def entries_recorded(self, since: datetime, until: datetime) -> Iterator[Record]:
        with self.connection.chunked_cursor() as cursor:
            cursor.execute(
                f"SELECT {_ENTRY} FROM journal_entry WHERE recorded >= %s AND recorded < %s",
                [microseconds(since), microseconds(until)],
            )
            while rows := cursor.fetchmany(AT_ONCE):
                yield from map(record_of, rows)

    def overflow_lots(self, wallet: int) -> str | None:
        rows = self._query(READ_OVERFLOW, [wallet])
        return rows[0][0] if rows else None

    def write_overflow(self, lots: Mapping[int, str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(WRITE_OVERFLOW, [(text, wallet) for wallet, text in lots.items()])

    def wallets_after(self, wallet: int, limit: int) -> Sequence[StoredWallet]:
        rows = self._query(
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
        rows = self._query(
            f"SELECT {_ENTRY} FROM journal_entry WHERE {' AND '.join(conditions)}"
            " ORDER BY number DESC LIMIT %s",
            [*parameters, *(kind.value for kind in query.kinds), query.limit],
        )
        return [record_of(row) for row in rows]

    def totals(self, wallet: int) -> Mapping[EntryKind, Totals]:
        rows = self._query(
            "SELECT kind, SUM(credits), SUM(debt_change), COUNT(*) FROM journal_entry"
            " WHERE wallet = %s GROUP BY kind",
            [wallet],
        )
        return {
            EntryKind(kind): Totals(credits, debt, count) for kind, credits, debt, count in rows
        }

    def count_entries(self) -> int:
        return int(self._query("SELECT COUNT(*) FROM journal_entry", [])[0][0])

    def next_expiry(self) -> datetime | None:
        rows = self._query("SELECT MIN(next_expiry) FROM journal_wallet", [])
        return None if rows[0][0] is None else moment_of(rows[0][0])

    def wallets_expiring(self, until: datetime, limit: int) -> Sequence[int]:
        rows = self._query(
            "SELECT id FROM journal_wallet WHERE next_expiry <= %s ORDER BY next_expiry LIMIT %s",
            [microseconds(until), limit],
        )
        return [row[0] for row in rows]

    def lots_expiring(
        self, after: datetime | ExpiringLot, until: datetime, limit: int
    ) -> Sequence[ExpiringLot]:
        if isinstance(after, ExpiringLot):
            beyond = "(lot_expires, wallet, number) > (%s, %s, %s)"
            place = [microseconds(after.expires), after.wallet, after.lot]
        else:
            beyond, place = "lot_expires > %s", [microseconds(after)]
        rows = self._query(
            "SELECT wallet, number, lot_expires FROM journal_entry"
            f" WHERE {beyond} AND lot_expires <= %s"
            " ORDER BY lot_expires, wallet, number LIMIT %s",
            [*place, microseconds(until), limit],
        )
        return [ExpiringLot(wallet, lot, moment_of(expires)) for wallet, lot, expires in rows]

    def expiries_of(self, lots: Sequence[EntryId]) -> Sequence[Record]:
        rows: list[Row] = []
        for first in range(0, len(lots), LOTS_AT_ONCE):
            some = lots[first : first + LOTS_AT_ONCE]
            each = " OR ".join(["(wallet = %s AND key > %s AND key < %s)"] * len(some))
            keys = [value for wallet, lot in some for value in (wallet, *keys_of_expiries(lot))]
            rows += self._query(f"SELECT {_ENTRY} FROM journal_entry WHERE {each}", keys)
        return [record_of(row) for row in rows]
