"""Whole tables out of PostgreSQL, as arrays: millions of rows in a few round trips.

Rows that are fetched one by one cost more in Python than all that is done with them. So the server
gathers each column of a part of a table into one array, which is sent in binary and read as it is. Large
tables are read in parts by the place of their rows, once from the first block to the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg import Connection, Cursor
from psycopg.adapt import Buffer, Loader
from psycopg.pq import Format
from typing_extensions import override

from connects.lab.kernel.columns import NEVER

TO_1970 = 946_684_800_000_000
"""Microseconds from 1970 to 2000, from where PostgreSQL counts."""
FAR = 250_000_000_000_000_000
"""What stands for no instant is further away than this: about the year 9922, counted from 2000."""
BLOCKS = 4_096
"""Blocks of 8 KiB that are read at once: a connection keeps room for the largest answer, to its end."""
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
        if kind == TIMESTAMPS:
            found = np.where(found > FAR, NEVER, found + TO_1970)
        return found


ARRAYS = (1000, 1005, 1007, 1016, 1185)
"""The kinds of such arrays, as PostgreSQL numbers them."""


def columns(
    connection: Connection[Any], select: str, source: str, width: int
) -> Iterator[list[npt.NDArray[Any]]]:
    """The columns of a table, part by part."""
    gathered = ", ".join(f"array_agg(c{number})" for number in range(width))
    for part in _parts(connection, source):
        with Cursor(connection) as cursor:  # Django's own put values into the statement
            for kind in ARRAYS:
                cursor.adapters.register_loader(kind, _Array)
            named = ", ".join(f"c{number}" for number in range(width))
            query = f"SELECT {gathered} FROM (SELECT {select} FROM {part}) AS part ({named})"
            cursor.execute(query.encode(), binary=True)
            row = cursor.fetchone()
        if row is not None and row[0] is not None:
            yield list(row)


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
