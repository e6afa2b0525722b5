"""Parquet whose columns hold lists and fields: each leaf as a column, by the names that JSON's rows have.

`flat` says what a row's leaves are called and what a list comes to (`json_records.py`); here the same is
done for whole columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import polars as pl

from connects.posts.json_records import DEPTH_MOST, cell_of_list

Fields: TypeAlias = Mapping[str, Any]
Path: TypeAlias = tuple[str, ...]


def leaf_paths(schema: Fields) -> dict[str, Path] | None:
    """Where the columns of flat rows are; None where two would have one name, or a type is unusual."""
    found: dict[str, Path] = {}
    for path, dtype in _every(schema, ()):
        name = ".".join(path)
        if name in found or isinstance(dtype, pl.Array) or len(path) > DEPTH_MOST:
            return None
        found[name] = path
    return found


def _every(fields: Fields, above: Path) -> Iterator[tuple[Path, Any]]:
    """All leaves, and what holds them: a row that lacks the whole of it has an empty cell there."""
    for name, dtype in fields.items():
        path = (*above, name)
        yield path, dtype
        if isinstance(dtype, pl.Struct):
            yield from _every({field.name: field.dtype for field in dtype.fields}, path)


def leaf(frame: pl.DataFrame, path: Path) -> pl.Series:
    """One leaf of all rows. A list is one cell, its words parted by bars; what holds leaves is none."""
    series = frame[path[0]]
    for name in path[1:]:
        series = series.struct.field(name)
    if isinstance(series.dtype, pl.Struct):
        return pl.Series(path[-1], [None] * len(series), dtype=pl.String)
    if not isinstance(series.dtype, pl.List):
        return series
    if series.dtype.inner == pl.String:
        return series.list.join("|", ignore_nulls=False)
    cells: Sequence[str | None] = [
        None if items is None else cell_of_list(items) for items in series.to_list()
    ]
    return pl.Series(path[-1], cells, dtype=pl.String)
