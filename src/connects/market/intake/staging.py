"""All that comes in, in a small database of its own for as long as it is checked and brought in.

A million lots in whatever order they stand in their file have to be counted twice, matched with their
accounts and brought in by account, oldest first. So lines that can be read are put aside, in SQLite, in
a file that is gone afterwards: memory does not grow with the import.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from connects.journal.moments import moment_of

AT_ONCE = 1_000
CACHE_KIB = 32 * 1024
_TABLES = """
    CREATE TABLE account (name TEXT, kind TEXT, facts TEXT, file TEXT, line INTEGER);
    CREATE TABLE lot (
        account TEXT, lot TEXT, kind TEXT, credits INTEGER, cost INTEGER, told_cost INTEGER,
        currency TEXT, issued INTEGER, expires INTEGER, file TEXT, line INTEGER
    );
    CREATE TABLE record (
        account TEXT, ended INTEGER, left_open INTEGER, hires INTEGER, file TEXT, line INTEGER
    );
    CREATE TABLE party (
        place INTEGER PRIMARY KEY, name TEXT, kind TEXT, rule_book TEXT, here INTEGER,
        currency TEXT, balance_limit INTEGER, lots INTEGER DEFAULT 0, credits INTEGER DEFAULT 0
    );
"""
_PARTIES = """
    CREATE INDEX lot_account ON lot (account, credits);
    CREATE INDEX lot_name ON lot (lot);
    CREATE INDEX record_account ON record (account);
    CREATE INDEX account_name ON account (name);
    INSERT INTO party (name, kind, rule_book)
        SELECT name, kind, facts ->> 'rule_book' FROM account GROUP BY name ORDER BY min(rowid);
    CREATE UNIQUE INDEX party_name ON party (name);
    INSERT OR IGNORE INTO party (name) SELECT account FROM lot GROUP BY account ORDER BY min(rowid);
    INSERT OR IGNORE INTO party (name) SELECT account FROM record GROUP BY account ORDER BY min(rowid);
    UPDATE party SET (lots, credits) = (
        SELECT count(*), coalesce(sum(credits), 0) FROM lot WHERE account = party.name
    );
"""
_INSERTS = {
    "account": "INSERT INTO account VALUES (?, ?, ?, ?, ?)",
    "lot": "INSERT INTO lot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "record": "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)",
}


class Party(NamedTuple):
    """An account that comes in, or is filled: its place in the import, and what its lines say."""

    place: int
    name: str
    kind: str
    lots: int
    facts: Mapping[str, Any]
    record: tuple[int, int, int] | None


class StagedLot(NamedTuple):
    """A lot as it comes in; `cost_cents` is what the Connects that are left have cost."""

    place: int
    lot: str
    kind: str
    credits: int
    cost_cents: int
    issued: datetime
    expires: datetime | None


class Staging:
    """What was put aside, and the queries over it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            f" PRAGMA cache_size = -{CACHE_KIB}; {_TABLES} BEGIN"
        )
        self._waiting: dict[str, list[Sequence[Any]]] = {table: [] for table in _INSERTS}

    def add(self, table: str, row: Sequence[Any]) -> None:
        """Put a line aside."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= AT_ONCE:
            self._write(table)

    def _write(self, table: str) -> None:
        self._database.executemany(_INSERTS[table], self._waiting[table])
        self._waiting[table].clear()

    def all_read(self) -> None:
        """No further lines come; now they are matched."""
        for table in _INSERTS:
            self._write(table)
        for statement in _PARTIES.split(";"):
            self._database.execute(statement)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query of the checks."""
        yield from self._database.execute(sql, parameters)

    def number(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """The number that a query finds."""
        ((found,),) = self._database.execute(sql, parameters)
        return int(found or 0)

    def note_here(self, rows: Iterable[Sequence[Any]]) -> None:
        """Note what this installation knows of parties: kind, id, currency, limit, by their names."""
        self._database.executemany(
            "UPDATE party SET kind = ?, here = ?, currency = ?, balance_limit = ? WHERE name = ?",
            rows,
        )

    def names(self) -> Iterator[list[str]]:
        """The names of all parties, some at a time."""
        last = 0
        while True:
            page = list(
                self.rows(
                    "SELECT place, name FROM party WHERE place > ? ORDER BY place LIMIT ?",
                    (last, AT_ONCE),
                )
            )
            if not page:
                return
            yield [name for _, name in page]
            last = page[-1][0]

    def chunk_after(self, place: int, lots_most: int) -> list[Party]:
        """The next parties, in the order of the files, with about as many lots in all."""
        found: list[Party] = []
        lots = 0
        wanted = self.rows(
            "SELECT p.place, p.name, p.kind, p.lots, a.facts, r.ended, r.left_open, r.hires"
            " FROM party p LEFT JOIN account a ON a.name = p.name"
            " LEFT JOIN record r ON r.account = p.name WHERE p.place > ? ORDER BY p.place LIMIT ?",
            (place, lots_most),
        )
        for at, name, kind, count, facts, *record in wanted:
            if found and lots + count > lots_most:
                break
            lots += count
            told = (record[0], record[1], record[2]) if record[0] is not None else None
            found.append(Party(at, name, kind, count, json.loads(facts or "{}"), told))
        return found

    def lots_between(self, first: int, last: int) -> Iterator[StagedLot]:
        """The lots of those parties, each party's from the oldest on."""
        wanted = self.rows(
            "SELECT p.place, l.lot, l.kind, l.credits, l.cost, l.issued, l.expires"
            " FROM party p JOIN lot l ON l.account = p.name WHERE p.place BETWEEN ? AND ?"
            " ORDER BY p.place, l.issued, l.rowid",
            (first, last),
        )
        for place, lot, kind, credits, cost, issued, expires in wanted:
            ends = None if expires is None else moment_of(expires)
            yield StagedLot(place, lot, kind, credits, cost, moment_of(issued), ends)

    def close(self) -> None:
        self._database.close()


@contextmanager
def staging() -> Iterator[Staging]:
    """An empty one, gone at the end."""
    with TemporaryDirectory(prefix="connects-import-") as folder:
        staged = Staging(Path(folder) / "staged.sqlite3")
        try:
            yield staged
        finally:
            staged.close()
