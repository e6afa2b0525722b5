"""Rows as PostgreSQL takes many at once: an array for each column.

Arrays are written as text by joining whole columns, so that the work on each value is done in C. What
the caller names as `shared` (the rule book, the columns of a lot where none is issued) is sent once
where it is the same in all rows. There are no more than three shapes of each statement (one row; many
that share; many that do not), so that the server's prepared ones fit all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from connects.journal.port import Row

# PostgreSQL's texts cannot hold it, so no value does.
_BETWEEN = "\x00"


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of a table, by name and type, and those that the rows of one write tend to share."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    shared: Collection[str] = frozenset()

    def source(self, rows: Sequence[Row]) -> tuple[str, list[Any]]:
        """The rows as a SELECT with the columns' names, and its parameters."""
        if len(rows) == 1:
            return _select(self.names, self.types, (True,) * len(self.names)), _texts(rows[0])
        columns = list(zip(*rows, strict=True))
        places = [place for place, name in enumerate(self.names) if name in self.shared]
        once = {place for place in places if _same(columns[place])}
        if len(once) < len(places):
            once = set()
        single = tuple([place in once for place in range(len(columns))])
        first, arrays = [], []
        for place, column in enumerate(columns):
            if single[place]:
                first.append(column[0])
            else:
                arrays.append(array(self.types[place], column))
        return _select(self.names, self.types, single), [*_texts(first), *arrays]


@lru_cache
def _select(names: tuple[str, ...], types: tuple[str, ...], single: tuple[bool, ...]) -> str:
    columns = [
        f"%s::{kind} AS {name}" if once else name
        for name, kind, once in zip(names, types, single, strict=True)
    ]
    many = [(name, kind) for name, kind, once in zip(names, types, single, strict=True) if not once]
    selected = f"SELECT {', '.join(columns)}"
    if not many:
        return selected
    arrays = ", ".join(f"%s::{kind}[]" for _, kind in many)
    return f"{selected} FROM unnest({arrays}) AS each({', '.join(name for name, _ in many)})"


def _same(values: Sequence[Any]) -> bool:
    return values[0] == values[-1] and values.count(values[0]) == len(values)


def _texts(values: Sequence[Any]) -> list[Any]:
    # A number as such would be sent with a type of its own by its size, and each is another statement.
    return [str(value) if isinstance(value, int) else value for value in values]


def array(kind: str, values: Sequence[Any]) -> str:
    """The values as PostgreSQL writes an array of them."""
    match kind:
        case "bytea":
            return '{"\\\\x' + '","\\\\x'.join([value.hex() for value in values]) + '"}'
        case "text":
            return _text_array(values)
        case _:
            return f"{{{str([*values])[1:-1].replace('None', 'NULL')}}}"


def _text_array(values: Sequence[str]) -> str:
    joined = _BETWEEN.join(values)
    if joined.count(_BETWEEN) != len(values) - 1:
        raise ValueError("PostgreSQL cannot store a text that holds the character NUL")
    escaped = joined.replace("\\", "\\\\").replace('"', '\\"').replace(_BETWEEN, '","')
    return f'{{"{escaped}"}}'
