"""Whole tables out of PostgreSQL, as arrays: millions of rows in a few round trips.

Rows that are fetched one by one cost more in Python than all that is done with them. So the server
gathers each column of a part of a table into one array, which is sent in binary and read as it is. Large
tables are read in parts by the place of their rows, once from the first block to the last.

What the server spends on an array goes by its elements, however small they are. So columns of few bits
share words of 64; and of instants that many rows do not have, only those that are there are sent, while
a bit of each row says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from psycopg import Connection, Cursor
from psycopg.adapt import Buffer, Loader
from psycopg.pq import Format
from typing_extensions import override

from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading.columns import Column, Reads

TO_1970 = 946_684_800_000_000
"""Microseconds from 1970 to 2000, from where PostgreSQL counts."""
WORD = 64
BITS = {Reads.TINY: 8, Reads.SMALL: 32, Reads.NAME: 32, Reads.TIME_OR_NEVER: 1}
"""How many bits of a word are a column's; a TINY number is not less than 0."""
BLOCKS = 1_024
"""Blocks of 8 KiB that are read at once. More take longer, since the server's arrays then outgrow what it
has ready; and a connection keeps room for the largest answer, to its end.
"""
LARGE = ("journal_entry", "proposals_proposal", "jobs_job")
TIMESTAMPS = 1184
WIDTHS = {16: "i1", 20: "i8", 21: "i2", 23: "i4", TIMESTAMPS: "i8"}


class _Array(Loader):
    """An array of whole numbers or instants without nulls, as NumPy has it."""

    format = Format.BINARY

    @override
    def load(self, data: Buffer) -> npt.NDArray[Any]:
        dimensions, has_nulls, kind = np.frombuffer(data, ">i4", 3)
        assert not has_nulls, "an expression of the query is null somewhere"
        if not dimensions:
            return np.empty(0, np.int64)
        width = WIDTHS[int(kind)]
        element = np.dtype([("length", ">i4"), ("value", f">{width}")])
        found = np.frombuffer(data, element, offset=20)["value"].astype(width)
        return found + TO_1970 if kind == TIMESTAMPS else found


ARRAYS = (1000, 1005, 1007, 1016, 1185)
"""The kinds of such arrays, as PostgreSQL numbers them."""


def columns(
    connection: Connection[Any], select: str, source: str, reads: Sequence[Reads]
) -> Iterator[Iterator[Column]]:
    """The columns of a table, part by part."""
    packed = _Packed(reads)
    named = ", ".join(f"c{number}" for number in range(len(reads)))
    for part in _parts(connection, source):
        with Cursor(connection) as cursor:  # Django's own put values into the statement
            for kind in ARRAYS:
                cursor.adapters.register_loader(kind, _Array)
            query = f"SELECT {packed.select} FROM (SELECT {select} FROM {part}) AS part ({named})"
            cursor.execute(query.encode(), binary=True)
            row = cursor.fetchone()
        if row is not None and any(array is not None for array in row):
            yield packed.columns(row)


def _parts(connection: Connection[Any], source: str) -> Iterator[str]:
    table = source.split(maxsplit=1)[0]
    if table not in LARGE:
        yield source
        return
    found = connection.execute("SELECT pg_relation_size(%s::regclass) / 8192", (table,)).fetchone()
    blocks = 0 if found is None else int(found[0])
    word = "AND" if " WHERE " in source else "WHERE"
    for first in range(0, max(blocks, 1), BLOCKS):
        last = first + BLOCKS
        yield f"{source} {word} ctid >= '({first},0)' AND ctid < '({last},0)'"


class _Place(NamedTuple):
    word: int
    shift: int


class _Packed:
    """The columns c0, c1 … of a subquery: `select` gathers them, `columns` are made of what comes."""

    def __init__(self, reads: Sequence[Reads]) -> None:
        self._reads = reads
        self._words: list[list[str]] = []
        self._used: list[int] = []
        self._places = [self._place(number, each) for number, each in enumerate(reads)]

    @property
    def select(self) -> str:
        words = [f"array_agg({' | '.join(told)})" for told in self._words]
        return ", ".join([*words, *self._alone()])

    def _alone(self) -> Iterator[str]:
        for number, reads in enumerate(self._reads):
            if reads is Reads.TIME_OR_NEVER:
                yield f"array_agg(c{number}) FILTER (WHERE c{number} IS NOT NULL)"
            elif reads not in BITS:
                yield f"array_agg(c{number})"

    def _place(self, number: int, reads: Reads) -> _Place | None:
        """Find room in a word for what is said of a column there; None: it has none."""
        if reads not in BITS:
            return None
        bits = BITS[reads]
        fitting = (word for word, used in enumerate(self._used) if used + bits <= WORD)
        word = next(fitting, len(self._words))
        if word == len(self._words):
            self._words.append([])
            self._used.append(0)
        place = _Place(word, self._used[word])
        self._words[word].append(_told(f"c{number}", reads, place.shift))
        self._used[word] += bits
        return place

    def columns(self, arrays: Sequence[Column | None]) -> Iterator[Column]:
        """Each column as it is, of the arrays in the order of `select`; None is an empty one."""
        words, alone = arrays[: len(self._words)], iter(arrays[len(self._words) :])
        for reads, place in zip(self._reads, self._places, strict=True):
            if place is None:
                yield _there(next(alone))
                continue
            told = _there(words[place.word]) >> place.shift
            if reads is Reads.TIME_OR_NEVER:
                yield _spread(next(alone), told)
            else:
                yield told.astype(reads.dtype)  # the lowest bits, the sign with them


def _told(column: str, reads: Reads, shift: int) -> str:
    """A column's bits of a word; only of those that may be less than 0 the others are cut off."""
    if reads is Reads.TIME_OR_NEVER:
        return f"CASE WHEN {column} IS NULL THEN 0 ELSE {1 << shift} END"
    whole = f"{column}::bigint"
    if reads is not Reads.TINY and shift + BITS[reads] < WORD:
        whole = f"({whole} & {(1 << BITS[reads]) - 1})"
    return f"({whole} << {shift})" if shift else whole


def _there(array: Column | None) -> Column:
    return np.empty(0, np.int64) if array is None else array


def _spread(moments: Column | None, told: Column) -> Column:
    """Instants at the rows whose last bit is set, NEVER at the others."""
    found = np.full(len(told), NEVER)
    if moments is not None:
        found[(told & 1).astype(bool)] = moments
    return found
