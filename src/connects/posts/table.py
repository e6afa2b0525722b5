"""Opening a file of posts: its format, its mapping, and whether posts can be read by it at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from connects.posts.csv_records import csv_table
from connects.posts.doubts import refuse_doubt
from connects.posts.enough import can_tell_kinds, check_enough
from connects.posts.frames import frame_table, workbook_table
from connects.posts.guessing import guessed
from connects.posts.headers import plain_name
from connects.posts.json_records import is_json, json_table
from connects.posts.mapping import ColumnMap
from connects.posts.opened import SAMPLE_BYTES, Kind, Opened, opened
from connects.posts.reading import PostsFile
from connects.posts.tables import FileSettings, RawTable
from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.typed_input import whole_number


@contextmanager
def open_table(
    name: str,
    mapping: ColumnMap | None = None,
    columns: Sequence[str] = (),
    currency: str = "USD",
) -> Iterator[PostsFile]:
    """A file's posts, by a mapping or by what can be guessed; amounts in `currency`.

    `columns` must be in the file besides what all posts need. Raises TableUnreadable where the file
    holds no posts that can be read.
    """
    with open_raw(name, mapping.file if mapping else FileSettings()) as raw:
        found = mapping or guessed(raw, FileSettings())
        places = _places(name, raw, found)
        if mapping is None:
            refuse_doubt(name, raw, places)
        extra = {column: _extra(name, raw, places, column) for column in columns}
        cells_of = {ours: raw.first.columns[place] for ours, place in places.items()}
        check_enough(name, raw, found, cells_of)
        tells = can_tell_kinds(found, cells_of)
        yield PostsFile(name, raw, found, {**extra, **places}, currency, tells)


@contextmanager
def open_raw(name: str, settings: FileSettings) -> Iterator[RawTable]:
    """A file's columns and cells, whatever its format."""
    with opened(name) as found:
        yield _raw(found, name, settings)


def _raw(found: Opened, name: str, settings: FileSettings) -> RawTable:
    if found.kind is Kind.EXCEL:
        table = workbook_table(found.stream, name, settings)
    elif found.kind is not Kind.TEXT:
        table = frame_table(found.kind, found.stream, name)
    elif is_json(found.stream.peek(SAMPLE_BYTES)):
        table = json_table(found.stream, name, settings)
    else:
        table = csv_table(found.stream, name, settings)
    return replace(table, shape=f"{table.shape}, {found.packing}") if found.packing else table


def _places(name: str, raw: RawTable, mapping: ColumnMap) -> dict[str, int]:
    return {ours: _place(name, raw, theirs) for ours, theirs in mapping.columns.items()}


def _place(name: str, raw: RawTable, column: str) -> int:
    at = [place for place, each in enumerate(raw.columns) if each == column]
    if len(at) > 1:
        raise TableUnreadable(f"{name}: the column {column} is there {len(at)} times; name it by #")
    if at:
        return at[0]
    number = whole_number(column[1:], 1, len(raw.columns)) if column.startswith("#") else None
    if number is None:
        raise TableUnreadable(
            f"{name}: there is no column {column}; there are {', '.join(raw.columns[:12])}"
        )
    return number - 1


def _extra(name: str, raw: RawTable, places: Mapping[str, int], column: str) -> int:
    if column in places:
        return places[column]
    found = [n for n, each in enumerate(raw.columns) if column in (each, plain_name(each))]
    if not found:
        raise TableUnreadable(f"{name}: the header has no column {column}")
    return found[0]
