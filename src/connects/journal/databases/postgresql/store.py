"""PostgreSQL: a batch is sent as arrays, and the server works on one part of it while the next is made.

The statements run on psycopg's own cursors: Django's write every value into the text of the
statement, and a thousand rows that way cost more than all else together. Transactions, connections
and the exceptions that callers see remain Django's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from typing_extensions import override

from connects.journal.databases.postgresql.arrays import Binary, Rows, array, unnested
from connects.journal.databases.postgresql.direct import ask
from connects.journal.databases.postgresql.pipeline import Pipeline, pipeline
from connects.journal.port import Contention, KeyAnswered, Replaced, Row, UnderWay
from connects.journal.rows import (
    ENTRY_COLUMNS,
    READ_RESTING,
    WALLET_COLUMNS,
    WRITE_RESTING,
)

if TYPE_CHECKING:
    import psycopg
    from psycopg.adapt import Dumper

_TYPES = {
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
    "place": "tid",
    "before": "integer",
}


def types_of(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(_TYPES.get(column, "integer") for column in columns)


# A locked row stays at its place, and to go there takes half as long as to look for its id.
_PLACED = (*WALLET_COLUMNS, "place")
_WALLETS = Rows(_PLACED, types_of(_PLACED))
_UNMOVED = Rows((*_PLACED, "before"), types_of((*_PLACED, "before")))
_ENTRIES = Rows(
    ENTRY_COLUMNS,
    types_of(ENTRY_COLUMNS),
    shared=frozenset(
        "kind lot_credits lot_cost_cents lot_expires debt_change withheld rule_book recorded".split()
    ),
)
_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)
_ENTRY_OF_E = ", ".join(f"e.{column}" for column in ENTRY_COLUMNS)

_KEYS = unnested(("wallet", "bigint"), ("key", "text"))
_IDS = unnested(("wallet", "bigint"), ("number", "integer"))

# The cast tells the array from rows to be compared with, and the SELECT keeps its length from being seen.
_READ = (
    f"SELECT {_WALLET}, ctid FROM journal_wallet WHERE id = ANY((SELECT %s::bigint[])::bigint[])"
)
_LOCK = f"{_READ} ORDER BY id FOR UPDATE"
BY_KEY = (
    f"SELECT {_ENTRY_OF_E} FROM {_KEYS}"
    " JOIN journal_entry e ON e.wallet = each.wallet AND e.key = each.key"
)
BY_NUMBER = (
    f"SELECT {_ENTRY_OF_E} FROM {_IDS}"
    " JOIN journal_entry e ON e.wallet = each.wallet AND e.number = each.number"
)
RETURNS_AFTER = (
    f"SELECT {_ENTRY_OF_E} FROM {_IDS} JOIN journal_entry e"
    " ON e.wallet = each.wallet AND e.number > each.number AND e.kind = 'return'"
)
_INSERT = f"INSERT INTO journal_entry ({_ENTRY}) {{}}"
CHANGES = ", ".join(f"{column} = new.{column}" for column in WALLET_COLUMNS[1:])
_UPDATE = f"UPDATE journal_wallet w SET {CHANGES} FROM ({{}}) AS new WHERE w.ctid = new.place"

# Each wallet with its place, and whether an entry of it bears the key; one's statement is begun sooner.
_AND_WHETHER_ANSWERED = (
    f"SELECT {', '.join(f'w.{column}' for column in WALLET_COLUMNS)}, w.ctid, e.wallet IS NOT NULL"
)
_READ_ONE_WITH_KEY = (
    f"{_AND_WHETHER_ANSWERED} FROM journal_wallet w"
    " LEFT JOIN journal_entry e ON e.wallet = w.id AND e.key = %s WHERE w.id = %s"
)
_READ_WITH_KEYS = (
    f"{_AND_WHETHER_ANSWERED} FROM {_KEYS} JOIN journal_wallet w ON w.id = each.wallet"
    " LEFT JOIN journal_entry e ON e.wallet = each.wallet AND e.key = each.key"
)
# Rows come in the order of ids and are gone to one by one at their places, which is the order of all
# locks. Only where there are few wallets may the server go to them in the order in which they lie; then
# this statement and a batch under locks could wait for each other. So where it has several it gives up
# before the server looks for such circles (after a second, by default) and breaks off either.
_WAITING_BRIEFLY = " AND (SELECT set_config('lock_timeout', '100ms', true)) IS NOT NULL"
# A place may be given to another row once nobody locks it, hence the id and the last entry.
_WRITE_UNMOVED = (
    f"WITH changed AS (UPDATE journal_wallet w SET {CHANGES} FROM ({{}}) AS new"
    " WHERE w.ctid = new.place AND w.id = new.id AND w.last_entry = new.before{}"
    f" RETURNING w.id) INSERT INTO journal_entry ({_ENTRY}) SELECT {_ENTRY_OF_E}"
    " FROM ({}) AS e JOIN changed ON changed.id = e.wallet RETURNING wallet"
)

# What the server says where it broke off one of several that held each other up: a deadlock, or what
# an operator's stricter isolation does not allow. Nor is anything done where it has forgotten a prepared
# statement, as it does when psycopg rolls back.
_CONTENTIONS = ("40P01", "40001", "26000")

_SAVEPOINT = "journal_batch"

# Fewer keys than these are looked up sooner than a pipeline is begun and ended.
PIPELINED_FROM = 16


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """See `journal.dialects.Dialect`. Rows are locked in the order of their ids."""

    tried_from: int | None = 200
    posts_unlocked: bool = True

    def lock(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[int], *, update: bool
    ) -> list[Row]:
        with plain_cursor(connection) as cursor:
            cursor.execute(_LOCK if update else _READ, [array("bigint", wallets)])
            return cast("list[Row]", cursor.fetchall())

    @contextmanager
    def posting(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> Iterator[Callable[[], list[Row]]]:
        """A pipeline: nobody waits for the server until the answers or the end are asked for."""
        with plain_cursor(connection) as cursor:
            many = len(keys) >= PIPELINED_FROM
            with cursor.connection.pipeline() if many else nullcontext():
                cursor.execute(BY_KEY, asked("text", keys))
                yield lambda: cast("list[Row]", cursor.fetchall())

    @contextmanager
    def trying(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """A savepoint to go back to."""
        with plain_cursor(connection) as cursor:
            cursor.execute(f"SAVEPOINT {_SAVEPOINT}")
            try:
                yield
            except (KeyAnswered, Contention):
                cursor.execute(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
                raise
            cursor.execute(f"RELEASE SAVEPOINT {_SAVEPOINT}")

    @contextmanager
    def under_way(self, connection: BaseDatabaseWrapper) -> Iterator[UnderWay]:
        with _as_waited_long, pipeline(connection) as own:
            before = own.send("SELECT current_setting('lock_timeout')", [])
            yield _Pipelined(own)
            ((patience,),) = before()
            own.send("SELECT set_config('lock_timeout', %s, true)", [patience])

    def lock_at_once(self, connection: BaseDatabaseWrapper, wallets: Sequence[int]) -> bool:
        with plain_cursor(connection) as cursor:
            cursor.execute(f"{_LOCK} SKIP LOCKED", [array("bigint", wallets)])
            return len(cursor.fetchall()) == len(wallets)

    def by_key(self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        with plain_cursor(connection) as cursor:
            cursor.execute(BY_KEY, asked("text", keys))
            return cast("list[Row]", cursor.fetchall())

    def read_with_keys(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> list[Row]:
        if len(keys) == 1:
            ((wallet, key),) = keys
            return ask(connection, _READ_ONE_WITH_KEY, [key, str(wallet)])
        return ask(connection, _READ_WITH_KEYS, asked("text", keys))

    def read_unlocked(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[int]
    ) -> Sequence[Row]:
        return ask(connection, _READ, [array("bigint", wallets)])

    def write_unmoved(
        self,
        connection: BaseDatabaseWrapper,
        wallets: Sequence[Row],
        before: Sequence[int],
        entries: Sequence[Row],
    ) -> list[int]:
        own_patience = len(wallets) > 1
        with _as_waited_long if own_patience else _as_contention:
            return [row[0] for row in ask(connection, *_unmoved(wallets, before, entries))]

    def by_number(
        self, connection: BaseDatabaseWrapper, ids: Sequence[tuple[int, int]]
    ) -> list[Row]:
        with plain_cursor(connection) as cursor:
            cursor.execute(BY_NUMBER, asked("integer", ids))
            return cast("list[Row]", cursor.fetchall())

    def returns_after(
        self, connection: BaseDatabaseWrapper, ids: Sequence[tuple[int, int]]
    ) -> list[Row]:
        with plain_cursor(connection) as cursor:
            cursor.execute(RETURNS_AFTER, asked("integer", ids))
            return cast("list[Row]", cursor.fetchall())

    def write(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[Row], entries: Sequence[Row]
    ) -> Replaced:
        added, entry_values = _ENTRIES.source(entries) if entries else ("", [])
        with plain_cursor(connection) as cursor:
            if not wallets:
                cursor.execute(_INSERT.format(added), entry_values)
                return lambda: 0
            changed, values = _WALLETS.source(wallets)
            # One statement for both is one journey less for each post.
            together = f"WITH added AS ({_INSERT.format(added)}) " if entries else ""
            cursor.execute(together + _UPDATE.format(changed), [*entry_values, *values])
        # In a pipeline the server has not yet said it.
        return lambda: cursor.rowcount

    def resting_lots(self, connection: BaseDatabaseWrapper, wallet: int) -> str | None:
        with plain_cursor(connection) as cursor:
            cursor.execute(READ_RESTING, [wallet])
            found = cursor.fetchone()
            return None if found is None else cast("str | None", found[0])

    def write_resting(self, connection: BaseDatabaseWrapper, lots: Mapping[int, str]) -> None:
        for wallet, text in lots.items():
            with plain_cursor(connection) as cursor:
                cursor.execute(WRITE_RESTING, [text, wallet])


def asked(kind: str, pairs: Sequence[tuple[int, Any]]) -> list[Binary]:
    """Wallets, and what tells each one's entry from its others, as two arrays."""
    return [
        array("bigint", [wallet for wallet, _ in pairs]),
        array(kind, [one for _, one in pairs]),
    ]


@dataclass(frozen=True, slots=True)
class _Pipelined:
    """See `journal.port.UnderWay`."""

    pipeline: Pipeline

    def read(self, wallets: Sequence[int]) -> Callable[[], Mapping[int, Row]]:
        answer = self.pipeline.send(_READ, [array("bigint", wallets)])
        return lambda: {row[0]: row for row in answer()}

    def write_unmoved(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        if not wallets:
            return tuple
        answer = self.pipeline.send(*_unmoved(wallets, before, entries))
        return lambda: {row[0] for row in answer()}


def _unmoved(
    wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
) -> tuple[str, list[Any]]:
    """The statement that writes the wallets which are still as they were, and its values."""
    expected = [(*row, last) for row, last in zip(wallets, before, strict=True)]
    changed, values = _UNMOVED.source(expected)
    added, entry_values = _ENTRIES.source(entries)
    patience = _WAITING_BRIEFLY if len(wallets) > 1 else ""
    return _write_unmoved(changed, patience, added), [*values, *entry_values]


@lru_cache
def _write_unmoved(changed: str, patience: str, added: str) -> str:
    return _WRITE_UNMOVED.format(changed, patience, added)


@dataclass(frozen=True, slots=True)
class _AsContention:
    """What the server says when others came between, in the port's words; its codes for that."""

    states: Collection[str]

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            return
        if _is_repeated_key(error):
            raise KeyAnswered from error
        if _state(error) in self.states:
            raise Contention from error


_as_contention = _AsContention(_CONTENTIONS)
_as_waited_long = _AsContention((*_CONTENTIONS, "55P03"))


def _is_repeated_key(error: BaseException) -> bool:
    """Whether the database, or Django for it, says that an entry's key is there already."""
    told = _told(error)
    return told is not None and told.constraint_name == "journal_entry_key"


def _state(error: BaseException) -> str | None:
    told = _told(error)
    return None if told is None else told.sqlstate


def _told(error: BaseException) -> Any:
    return getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)


@contextmanager
def plain_cursor(connection: BaseDatabaseWrapper) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor of psycopg's own on Django's connection, with Django's exceptions."""
    from psycopg import Cursor  # noqa: PLC0415 only an installation on PostgreSQL needs it
    from psycopg.pq import Format  # noqa: PLC0415

    connection.ensure_connection()
    # Never closed: a closed one forgets how many rows it changed, and holds nothing on the server.
    cursor = Cursor(cast("psycopg.Connection[Any]", connection.connection))
    cursor.format = Format.BINARY
    cursor.adapters.register_dumper(Binary, _binary_dumper())
    with connection.wrap_database_errors:
        yield cursor


@lru_cache
def _binary_dumper() -> type[Dumper]:
    """Sends bytes as they are, and leaves their type to the statement's cast."""
    from psycopg.adapt import Dumper  # noqa: PLC0415
    from psycopg.pq import Format  # noqa: PLC0415

    class BinaryDumper(Dumper):
        format = Format.BINARY
        oid = 0

        @override
        def dump(self, obj: Binary) -> Binary:
            return obj

    return BinaryDumper
