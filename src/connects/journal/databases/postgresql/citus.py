"""PostgreSQL whose journal is distributed by wallet over the nodes of a Citus cluster; see docs/citus.md.

Three things are other than on one server. Citus locks rows of one shard at a time, so a batch locks its
wallets in the order of (shard, id), which is one and the same for all batches. A row's place says
nothing there, since each shard has a row at the same one; what is kept as a wallet's place is its shard,
so that each shard is told of its own rows only. And every question names the wallets that it is about,
by which Citus knows which shards to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from typing_extensions import override

from connects.journal.databases.postgresql.arrays import Rows, array
from connects.journal.databases.postgresql.store import (
    BY_KEY,
    BY_NUMBER,
    CHANGES,
    RETURNS_AFTER,
    PostgreSQL,
    asked,
    plain_cursor,
    types_of,
)
from connects.journal.port import EntryId, Replaced, Row
from connects.journal.rows import PLACE, WALLET_COLUMNS

if TYPE_CHECKING:
    import psycopg

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
        for question in (_IS_CITUS, _IS_DISTRIBUTED):
            answer = cursor.execute(question, prepare=False).fetchone()
            if answer is None or not answer[0]:
                return False
    return True


@dataclass(frozen=True)
class Citus(PostgreSQL):
    """See `journal.dialects.Dialect`. Rows are locked in the order of (shard, id).

    No batch is tried: that a key is there already cannot be told from other errors of a node. And no
    post goes unlocked: one statement that writes entries only where it changed their wallet takes longer
    there than all of a locked post, since Citus hands on what the one part found by way of files.
    """

    tried_from: int | None = None
    posts_unlocked: bool = False

    @override
    def lock(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[int], *, update: bool
    ) -> list[Row]:
        if not update:
            return super().lock(connection, wallets, update=False)
        told = []
        with plain_cursor(connection) as cursor:
            shards: list[tuple[int, Sequence[int]]] = [(ONLY_SHARD, wallets)]
            if len(wallets) > 1:
                cursor.execute(_SHARDS, [array("bigint", wallets)])
                shards = cursor.fetchall()
            with cursor.connection.pipeline():
                for shard, ids in shards:
                    with plain_cursor(connection) as own:
                        told.append((shard, own.execute(_LOCK, [array("bigint", ids)])))
        return [(*row, shard) for shard, answer in told for row in answer.fetchall()]

    @override
    @contextmanager
    def posting(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> Iterator[Callable[[], list[Row]]]:
        with plain_cursor(connection) as cursor, cursor.connection.pipeline():
            _ask(cursor, BY_KEY, keys, "text")
            yield lambda: cast("list[Row]", cursor.fetchall())

    @override
    def by_key(self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]) -> list[Row]:
        with plain_cursor(connection) as cursor:
            _ask(cursor, BY_KEY, keys, "text")
            return cast("list[Row]", cursor.fetchall())

    @override
    def by_number(self, connection: BaseDatabaseWrapper, ids: Sequence[EntryId]) -> list[Row]:
        with plain_cursor(connection) as cursor:
            _ask(cursor, BY_NUMBER, ids, "integer")
            return cast("list[Row]", cursor.fetchall())

    @override
    def returns_after(self, connection: BaseDatabaseWrapper, ids: Sequence[EntryId]) -> list[Row]:
        with plain_cursor(connection) as cursor:
            _ask(cursor, RETURNS_AFTER, ids, "integer")
            return cast("list[Row]", cursor.fetchall())

    @override
    def write(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[Row], entries: Sequence[Row]
    ) -> Replaced:
        if entries:
            # Rows that are selected reach the nodes by COPY, which is always committed in two phases:
            # together with what the same transaction writes to the coordinator's own tables.
            super().write(connection, (), entries)
        told = []
        for _, group in groupby(sorted(wallets, key=_shard), key=_shard):
            rows = [row[:PLACE] for row in group]
            changed, values = _WALLETS.source(rows)
            ids = array("bigint", [row[0] for row in rows])
            with plain_cursor(connection) as cursor:
                told.append(cursor.execute(_UPDATE.format(changed), [*values, ids]))
        # In a pipeline the server has not yet said it.
        return lambda: sum(cursor.rowcount for cursor in told)


def _shard(wallet: Row) -> int:
    return cast("int", wallet[PLACE])


def _ask(
    cursor: psycopg.Cursor[Any], question: str, pairs: Sequence[tuple[int, Any]], kind: str
) -> None:
    """Ask for entries of wallets by that which tells them from the wallet's others."""
    wallets, others = asked(kind, pairs)
    cursor.execute(question + _OF_THESE, [wallets, others, wallets])
