"""What a marketplace's database has recorded, as of one instant, whatever is written meanwhile.

    with database() as source:
        source.read("accounts")

On PostgreSQL that is one transaction that repeats its reads, on SQLite one that has begun to read; both
only read, and hold nobody up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from psycopg import Error as PostgresError

from connects.journal.moments import microseconds
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading import postgresql
from connects.lab.replay.reading.columns import (
    FACTS,
    TABLES,
    TEXTS,
    Alike,
    Reads,
    Table,
    Unusable,
    hash_of,
)
from connects.lab.replay.reading.queries import POSTGRESQL, SQLITE, queries
from connects.market.jobs.models import JobRevision
from connects.market.proposals.models import Proposal

ROWS = 10_000


@contextmanager
def database() -> Iterator[Database]:
    """The marketplace's database, as it is now. Raises Unusable where it cannot be read."""
    try:
        with _one_state():
            yield Database()
    except (DatabaseError, PostgresError, ImproperlyConfigured) as error:
        raise Unusable(f"The database cannot be read: {error}".strip()) from error


@contextmanager
def _one_state() -> Iterator[None]:
    if connection.in_atomic_block:  # somebody's transaction is one already
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        connection.ensure_connection()
        # Not `atomic`, which would take the one place of those who write.
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")


class Database:
    """A `Source` over the default database."""

    def __init__(self) -> None:
        self.name = connection.vendor
        self._is_postgresql = connection.vendor == "postgresql"
        self._queries = queries(POSTGRESQL if self._is_postgresql else SQLITE)
        connection.ensure_connection()
        if not self._is_postgresql:
            connection.connection.create_function("connects_hash", 1, hash_of, deterministic=True)

    def read(self, table: str, wallets: Sequence[int] | None = None) -> Table:
        select, source = self._queries[table]
        if wallets is not None:
            source += f" AND wallet IN ({', '.join(map(str, wallets)) or 'NULL'})"
        reads = TABLES[table]
        if self._is_postgresql and Reads.TEXT not in reads.values():
            own, kinds = connection.connection, [*reads.values()]
            parts = postgresql.columns(own, select, source, kinds)
        else:
            parts = self._rows(select, source)
        return _joined(table, parts)

    def _rows(self, select: str, source: str) -> Iterator[Iterator[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {select} FROM {source}")
            while rows := cursor.fetchmany(ROWS):
                yield zip(*rows, strict=True)

    def alike(self, *, with_texts: bool) -> Iterator[Alike]:
        columns = [*FACTS, *(TEXTS if with_texts else ())]
        # How long a text is counts where it is not read.
        select = [
            "CASE WHEN description = '' THEN description_characters ELSE LENGTH(description) END"
            if column == "description_characters"
            else column
            for column in columns
        ]
        ids = "string_agg(id::text, ' ')" if self._is_postgresql else "group_concat(id, ' ')"
        query = f"SELECT {ids}, {', '.join(select)} FROM jobs_job"
        query += f" GROUP BY {', '.join(str(place + 2) for place in range(len(columns)))}"
        with connection.chunked_cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(ROWS):
                for own, *told in rows:
                    yield dict(zip(columns, told, strict=True)), np.array(own.split(), np.int64)

    def revised(self) -> Mapping[tuple[int, int], Mapping[str, Any]]:
        older = JobRevision.objects.exclude(number=1, job__revision=1)
        rows = older.select_related("job")
        asked = set(
            Proposal.objects.filter(job__revision__gt=1)
            .values_list("job_id", "revision")
            .distinct()
        )
        return {
            (row.job_id, row.number): {
                **{name: getattr(row.job, name) for name in (*FACTS, *TEXTS)},
                **row.fields,
            }
            for row in rows.iterator(ROWS)
            if row.number != row.job.revision and (row.job_id, row.number) in asked
        }


class _Growing:
    """A column that is read part by part, in room that grows in place: it is never there twice."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.used = 0
        self.values = np.empty(0, reads.dtype)

    def add(self, part: Any) -> None:
        found = _as_array(part, self.reads)
        used = self.used + len(found)
        if used > len(self.values):
            self.values.resize(max(used, len(self.values) * 9 // 8), refcheck=False)
        self.values[self.used : used] = found
        self.used = used

    def whole(self) -> npt.NDArray[Any]:
        self.values.resize(self.used, refcheck=False)
        return self.values


def _joined(table: str, parts: Iterator[Iterator[Any]]) -> Table:
    """The parts as one, each column as small as it may be."""
    made = {name: _Growing(reads) for name, reads in TABLES[table].items()}
    for part in parts:
        for column, values in zip(made.values(), part, strict=True):
            column.add(values)
    return {name: column.whole() for name, column in made.items()}


def _as_array(values: Any, reads: Reads) -> npt.NDArray[Any]:
    """Values as an array, those that a driver has in a tuple or those that are in one already."""
    if reads is Reads.TEXT:
        made = np.empty(len(values), object)
        made[:] = values
        return made
    if reads.is_time and isinstance(values, tuple):
        return _moments(values)
    return np.asarray(values).astype(reads.dtype, copy=False)


def _moments(values: tuple[Any, ...]) -> npt.NDArray[Any]:
    """Instants as a driver has them: numbers, texts of which some are empty, or objects and None."""
    if isinstance(values[0], str):
        texts = np.array([text or "NaT" for text in values], "datetime64[us]")
        return np.where(np.isnat(texts), NEVER, texts.astype(np.int64))
    if isinstance(values[0], int):
        return np.array(values, np.int64)
    told = [NEVER if each is None else microseconds(each) for each in values]
    return np.array(told, np.int64)
