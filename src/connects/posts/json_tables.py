"""Tables that JSON holds in another way than as a list of objects, as rows that name their cells.

Data frames are written by columns, by numbers, or as rows of cells beside or under a row of names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard

from connects.posts.names import likeness
from connects.vocabulary.typed_input import whole_number

MONEY = 5
"""The likeness of what has a kind or an amount, and of nothing else, is above it."""
Row: TypeAlias = dict[str, object]


def holds_rows(value: object) -> bool:
    """Whether a value is a list of objects."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value[:5])


def turned(value: Mapping[str, Any]) -> list[Row]:
    """The rows of a table that was written by columns or by numbers, as data frames are."""
    names, cells = value.get("columns"), value.get("data")
    if isinstance(cells, list) and are_names(names):
        return named(names, cells)
    parts = list(value.values())
    if len(parts) < 2 and not (parts and all(_is_number(key) for key in value)):
        return []
    if all(isinstance(part, dict) for part in parts):
        if all(_is_number(key) for key in value) or all(map(_is_post, parts)):
            return parts if list(value) == [f"{n}" for n in range(len(value))] else _with_ids(value)
        if all(part and all(_is_number(key) for key in part) for part in parts):
            keys = dict.fromkeys(key for part in parts for key in part)
            return [{column: part.get(key) for column, part in value.items()} for key in keys]
    if all(isinstance(part, list) for part in parts):
        lengths = {len(part) for part in parts}
        if len(lengths) == 1 and not any(holds_rows(part) for part in parts):
            return [dict(zip(value, cells, strict=True)) for cells in zip(*parts, strict=True)]
    return []


def _is_post(part: Mapping[str, Any]) -> bool:
    """Whether an object says how a job is paid, by itself or one object deeper."""
    inner = [f"{key}.{each}" for key, own in part.items() if isinstance(own, dict) for each in own]
    return bool(part) and likeness([*part, *inner]) > MONEY


def _with_ids(value: Mapping[str, Any]) -> list[Row]:
    """Objects by their ids, as rows that name them."""
    return [{"id": key, **row} for key, row in value.items()]


def are_names(cells: object) -> TypeGuard[list[str]]:
    """Whether a list of cells is a row of names of posts' columns."""
    return (
        isinstance(cells, list) and all(isinstance(c, str) for c in cells) and likeness(cells) > 1
    )


def named(names: Sequence[str], rows: Sequence[Any]) -> list[Row]:
    """Rows that are lists of cells; one of another width has no cells, and is no post."""
    width = len(names)
    return [
        dict(zip(names, row, strict=True)) if isinstance(row, list) and len(row) == width else {}
        for row in rows
    ]


def _is_number(key: object) -> bool:
    return isinstance(key, str) and whole_number(key) is not None
