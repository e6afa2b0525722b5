"""Rows as PostgreSQL takes many at once: an array for each column, in the server's own binary form.

Whole columns are joined or packed at once, so that the work on each value is done in C, here and by the
server, which need not read numbers and hashes as text. What the caller names as `shared` (the rule book,
the columns of a lot where none is issued) is sent once where it is the same in all rows. There are no
more than three shapes of each statement (one row; many that share; many that do not), so that the
server's prepared ones fit all.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from connects.journal.moments import microseconds
from connects.journal.port import Row


class Binary(bytes):
    """What the server is to take as it stands, in its own binary form of the type it is cast to."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of a table, by name and type, and those that the rows of one write tend to share."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    shared: Collection[str] = frozenset()
    _one: str = field(init=False)

    def __post_init__(self) -> None:
        one = _select(self.names, self.types, (True,) * len(self.names))
        object.__setattr__(self, "_one", one)

    def source(self, rows: Sequence[Row]) -> tuple[str, list[Any]]:
        """The rows as a SELECT with the columns' names, and its parameters."""
        if len(rows) == 1:
            return self._one, _alone(rows[0])
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
        return _select(self.names, self.types, single), [*_alone(first), *arrays]


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
    return f"{selected} FROM {unnested(*many)}"


def unnested(*columns: tuple[str, str]) -> str:
    """Arrays of columns (name and type) as rows of a table `each`.

    The server makes a plan anew each time where it sees that there are few rows, which takes longer
    than to carry it out. So their number is kept from its sight.
    """
    arrays = ", ".join(f"%s::{kind}[] AS {name}_array" for name, kind in columns)
    given = ", ".join(f"{name}_array" for name, _ in columns)
    names = ", ".join(name for name, _ in columns)
    return f"(SELECT {arrays} OFFSET 0) AS given, unnest({given}) AS each({names})"


def _same(values: Sequence[Any]) -> bool:
    return values[0] == values[-1] and values.count(values[0]) == len(values)


def _alone(values: Sequence[Any]) -> list[Any]:
    # A number as such would be sent with a type of its own by its size, and each is another statement.
    return [
        str(value) if type(value) is int else Binary(value) if type(value) is bytes else value
        for value in values
    ]


# The server's number of each type, which an array names before its values.
_NUMBERS = {
    "bigint": 20,
    "bytea": 17,
    "integer": 23,
    "text": 25,
    "tid": 27,
    "timestamptz": 1184,
}
_PACKED = {"bigint": (8, "q"), "integer": (4, "i")}
# The server counts microseconds from here.
_ITS_EPOCH = microseconds(datetime(2000, 1, 1, tzinfo=UTC))
_EMPTY = struct.Struct("!iii")
_HEADER = struct.Struct("!iiiii")
_LENGTH = struct.Struct("!i")
_NULL = _LENGTH.pack(-1)
_LENGTHS = tuple([_LENGTH.pack(length) for length in range(1024)])


def array(kind: str, values: Sequence[Any]) -> Binary:
    """The values as PostgreSQL takes an array of that type.

    Raises ValueError for a text with NUL and OverflowError for a number that the type cannot hold.
    """
    if not values:
        return Binary(_EMPTY.pack(0, 0, _NUMBERS[kind]))
    has_null = False
    try:
        elements = _elements(kind, values)
    except TypeError:
        # To look for nulls first would cost each column more than to write it.
        if None not in values:
            raise
        has_null = True
        elements = b"".join(
            [_NULL if value is None else _elements(kind, (value,)) for value in values]
        )
    return Binary(_HEADER.pack(1, has_null, _NUMBERS[kind], len(values), 1) + elements)


def _elements(kind: str, values: Sequence[Any]) -> bytes:
    if kind == "timestamptz":
        return _packed(8, "q", [_its_instant(moment) for moment in values])
    if kind in _PACKED:
        return _packed(*_PACKED[kind], values)
    return _sized(_encoded(values) if kind == "text" else values)


def _its_instant(moment: datetime | None) -> int:
    if moment is None:
        raise TypeError("null is no instant")
    return microseconds(moment) - _ITS_EPOCH


def _packed(size: int, letter: str, values: Sequence[int]) -> bytes:
    sized = [size] * (2 * len(values))
    sized[1::2] = values
    try:
        return struct.pack("!" + f"i{letter}" * len(values), *sized)
    except struct.error as error:
        if None in values:
            raise TypeError("null is no number") from error
        raise OverflowError(f"PostgreSQL cannot store so large a number: {error}") from error


def _sized(values: Sequence[bytes]) -> bytes:
    lengths = set(map(len, values))
    if len(lengths) == 1:
        length = _LENGTH.pack(lengths.pop())
        return length + length.join(values)
    if max(lengths) < len(_LENGTHS):
        return b"".join([part for value in values for part in (_LENGTHS[len(value)], value)])
    return b"".join([part for value in values for part in (_LENGTH.pack(len(value)), value)])


def _encoded(values: Sequence[str]) -> list[bytes]:
    if "\x00" in "".join(values):
        raise ValueError("PostgreSQL cannot store a text that holds the character NUL")
    return [value.encode() for value in values]
