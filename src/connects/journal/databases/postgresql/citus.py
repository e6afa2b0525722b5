"""PostgreSQL whose journal is distributed by wallet over the nodes of a Citus cluster; see docs/citus.md.

Three things are other than on one server. Citus locks rows of one shard at a time, so a batch locks its
wallets in the order of (shard, id), which is one and the same for all batches. A row's address says
nothing there, since each shard has a row at the same one; what is kept as a wallet's is its shard,
so that each shard is told of its own rows only. And every query names the wallets that it is about,
by which Citus knows which shards to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import override

from connects.journal.databases.postgresql.arrays import Rows, array
from connects.journal.databases.postgresql.cursors import plain_cursor
from connects.journal.databases.postgresql.libpq import Value, ask
from connects.journal.databases.postgresql.pipelines import ask_together, pipeline
from connects.journal.databases.postgresql.statements import (
    BY_KEY,
    BY_NUMBER,
    CHANGES,
    MARK,
    RETURNS_AFTER,
    append,
    by_entry,
    types_of,
)
from connects.journal.databases.postgresql.store import PostgreSQLStore
from connects.journal.marks import spans_text
from connects.journal.port import EntryId, Optimistic, Replaced, Row
from connects.journal.rows import ADDRESS, ENTRY_ID, WALLET_COLUMNS

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_WALLETS = Rows(WALLET_COLUMNS, types_of(WALLET_COLUMNS))

_IS_CITUS = "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL"
_IS_DISTRIBUTED = (
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_partition"
    " WHERE logicalrelid = to_regclass('journal_wallet'))"
)
_SHARDS = (
    "SELECT shard, array_agg(id ORDER BY id) FROM (SELECT id,"
    " get_shard_id_for_distribution_column('journal_wallet', id) AS shard"
    " FROM unnest(%s::bigint[]) AS id) AS asked GROUP BY shard ORDER BY shard"
)
_LOCK = (
    f"SELECT {', '.join(WALLET_COLUMNS)} FROM journal_wallet"
    " WHERE id = ANY(%s::bigint[]) ORDER BY id FOR UPDATE"
)
_OF_THESE = " WHERE e.wallet = ANY(%s::bigint[])"
_UPDATE = (
    f"UPDATE journal_wallet w SET {CHANGES} FROM ({{}}) AS new"
    " WHERE w.id = new.id AND w.id = ANY(%s::bigint[])"
)

# A single wallet has nobody to be put in an order with.
ONLY_SHARD = 0


def distributes(connection: BaseDatabaseWrapper) -> bool:
    """Whether Citus distributes the journal in the database of this connection to PostgreSQL."""
    with plain_cursor(connection) as cursor:
        for query in (_IS_CITUS, _IS_DISTRIBUTED):
            row = cursor.execute(query, prepare=False).fetchone()
            if row is None or not row[0]:
                return False
    return True


class CitusStore(PostgreSQLStore):
    """Rows are locked in the order of (shard, id).

    Nothing is posted optimistically. In a large batch, that a key is there already cannot be told from
    other errors of a node; and one statement that writes entries only where it changed their wallet takes
    longer there than all of a locked post, since Citus hands on what the one part found by way of files.
    """

    @property
    @override
    def optimistic(self) -> Optimistic | None:
        return None

    @override
    def _wallets(self, wallets: Sequence[int], *, lock: bool) -> list[Row]:
        if not lock:
            return super()._wallets(wallets, lock=False)
        shards: list[Row] = [(ONLY_SHARD, wallets)]
        if len(wallets) > 1:
            shards = ask(self.connection, _SHARDS, [array("bigint", wallets)])
        locks = [(_LOCK, [array("bigint", ids)]) for _, ids in shards]
        found = ask_together(self.connection, locks)
        return [
            (*row, shard) for (shard, _), rows in zip(shards, found, strict=True) for row in rows
        ]

    @override
    def _open_wallets(self, rows: Sequence[Row]) -> None:
        # Rows that are selected would reach the nodes by COPY, as entries would.
        super(PostgreSQLStore, self)._open_wallets(rows)

    @override
    def _look_up(self, keys: Sequence[tuple[int, str]]) -> tuple[str, Sequence[Value]]:
        return _of_these(BY_KEY, keys, "text")

    @override
    def _entries_at(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(*_of_these(BY_NUMBER, ids, "integer"))

    @override
    def _returns_after(self, ids: Sequence[EntryId]) -> list[Row]:
        return self._rows(*_of_these(RETURNS_AFTER, ids, "integer"))

    @override
    def write(self, wallets: Sequence[Row], entries: Sequence[Row]) -> Replaced:
        told = []
        with pipeline(self.connection) as own:
            if entries:
                # Rows that are selected reach the nodes by COPY, which is always committed in two
                # phases: together with what the transaction writes to the coordinator's own tables.
                own.put(*append(entries))
                own.put(MARK, [spans_text(map(ENTRY_ID, entries))])
            for _, group in groupby(sorted(wallets, key=_shard), key=_shard):
                rows = [row[:ADDRESS] for row in group]
                changed, values = _WALLETS.source(rows)
                ids = array("bigint", [row[0] for row in rows])
                told.append(own.put(_UPDATE.format(changed), [*values, ids]))
            own.flush()
        return lambda: sum(each.changed for each in told)


def _shard(wallet: Row) -> int:
    return cast("int", wallet[ADDRESS])


def _of_these(statement: str, pairs: Sequence[tuple[int, Any]], kind: str) -> tuple[str, list[Any]]:
    """The statement with its wallets named once more, by which Citus knows which shards to ask."""
    wallets, others = by_entry(kind, pairs)
    return statement + _OF_THESE, [wallets, others, wallets]
