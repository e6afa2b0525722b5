"""Parquet, Arrow and workbooks, read by polars and fastexcel, which come with the extra `files`.

Parquet is read in slices and only in the columns that are used, so that memory stays flat. A workbook has
to be unpacked whole, within bounds (`opened.py`). Broken files make these libraries fail in many ways,
some of which are no ordinary exceptions; each is a file that cannot be read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import util
from itertools import chain
from typing import TYPE_CHECKING

from connects.posts.header_row import (
    ROWS_ABOVE_MOST,
    header_place,
    is_header,
    left_out_above,
    names_at,
)
from connects.posts.json_records import flat, table_of
from connects.posts.names import likeness
from connects.posts.opened import Kind
from connects.posts.tables import ROWS_AT_ONCE, Batch, FileSettings, RawTable
from connects.posts.unreadable import TableUnreadable
from connects.posts.workbook_bounds import check_room
from connects.posts.workbook_remarks import workbook_remarks

if TYPE_CHECKING:
    import polars as pl

SLICE_ROWS = 50_000
ROWS_MOST = 50_000_000
COLUMNS_MOST = 2_000
WORKBOOK_BYTES_MOST = 100_000_000


def needs_files(kind: Kind, name: str) -> None:
    """Raise TableUnreadable with the way to install what is missing."""
    missing = [each for each in ("polars", "fastexcel") if util.find_spec(each) is None]
    if missing:
        raise TableUnreadable(
            f"{name}: {kind} needs {' and '.join(missing)}, which come with the extra `files`:"
            " install connects[files]. CSV and JSON do without."
        )


@contextmanager
def _told(name: str, what: str) -> Iterator[None]:
    """Turn any error of the libraries into one sentence; a Rust panic is no `Exception`."""
    try:
        yield
    except (TableUnreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        words = str(error).strip().partition("\n")[0][:200] or type(error).__name__
        raise TableUnreadable(f"{name}: not {what} that can be read: {words}") from error


def frame_table(kind: Kind, stream: io.BufferedReader, name: str) -> RawTable:
    """A Parquet or Arrow file."""
    needs_files(kind, name)
    import polars as pl

    with _told(name, f"a file of {kind}"):
        lazy = pl.scan_parquet(stream) if kind is Kind.PARQUET else pl.read_ipc(stream).lazy()
        schema = lazy.collect_schema()
        rows = int(lazy.select(pl.len()).collect().item())
        if rows > ROWS_MOST or len(schema) > COLUMNS_MOST:
            raise TableUnreadable(f"{name}: {rows:,} rows of {len(schema):,} columns are too many")
        if any(dtype.is_nested() for dtype in schema.values()):
            return _nested_table(kind, lazy, name, rows)
        first = _batch(lazy.head(ROWS_AT_ONCE).collect(), range(len(schema)), len(schema), 0)

    def batches(used: Sequence[int]) -> Iterator[Batch]:
        with _told(name, f"a file of {kind}"):
            wanted = [list(schema)[place] for place in used]
            for offset in range(0, rows, SLICE_ROWS):
                part = lazy.select(wanted).slice(offset, SLICE_ROWS).collect()
                yield from _batches_of(part.get_columns(), used, len(schema), offset)

    return RawTable(tuple(schema), first, batches, "row", str(kind), {})


def _nested_table(kind: Kind, lazy: pl.LazyFrame, name: str, rows: int) -> RawTable:
    """A table whose columns hold lists or fields; which columns it comes to, its first rows say."""
    from connects.posts.nested_columns import leaf, leaf_paths

    schema = lazy.collect_schema()
    numbered = enumerate(map(flat, _dicts(lazy, rows)), start=1)
    table = table_of(numbered, name, "row", str(kind), {})
    paths = leaf_paths(schema)
    if paths is None:
        return table

    def batches(used: Sequence[int]) -> Iterator[Batch]:
        with _told(name, f"a file of {kind}"):
            wanted = [paths[table.columns[place]] for place in used]
            roots = list(dict.fromkeys(path[0] for path in wanted))
            for offset in range(0, rows, SLICE_ROWS):
                part = lazy.select(roots).slice(offset, SLICE_ROWS).collect()
                leaves = [leaf(part, path) for path in wanted]
                yield from _batches_of(leaves, used, len(table.columns), offset)

    return replace(table, batches=batches)


def _dicts(lazy: pl.LazyFrame, rows: int) -> Iterator[dict[str, object]]:
    for offset in range(0, rows, SLICE_ROWS):
        yield from lazy.slice(offset, SLICE_ROWS).collect().iter_rows(named=True)


def _batch(frame: pl.DataFrame, used: Sequence[int], width: int, offset: int) -> Batch:
    columns: list[Sequence[object]] = [()] * width
    for place, series in zip(used, frame.iter_columns(), strict=True):
        columns[place] = series.to_list()
    return Batch(range(offset + 1, offset + 1 + frame.height), columns)


def _batches_of(
    series: Sequence[pl.Series], used: Sequence[int], width: int, offset: int
) -> Iterator[Batch]:
    """A slice of a table in batches."""
    from connects.posts.frame_columns import FrameColumn

    made = [FrameColumn(each) for each in series]
    height = len(series[0]) if series else 0
    for start in range(0, height, ROWS_AT_ONCE):
        columns: list[Sequence[object]] = [()] * width
        for place, part in zip(used, made, strict=True):
            columns[place] = part.cells(start)
        first = offset + start + 1
        yield Batch(range(first, first + min(ROWS_AT_ONCE, height - start)), columns)


def workbook_table(stream: io.BufferedReader, name: str, settings: FileSettings) -> RawTable:
    """A sheet of a workbook: the one that is named, or the one that looks most like posts."""
    needs_files(Kind.EXCEL, name)
    import fastexcel

    content = stream.read(WORKBOOK_BYTES_MOST + 1)
    if len(content) > WORKBOOK_BYTES_MOST:
        raise TableUnreadable(f"{name}: a workbook of more than {WORKBOOK_BYTES_MOST:,} bytes")
    with _told(name, "a workbook"):
        check_room(content, name)
        book = fastexcel.read_excel(content)
        if settings.sheet and settings.sheet not in book.sheet_names:
            raise TableUnreadable(
                f"{name}: there is no sheet {settings.sheet!r}; there are"
                f" {', '.join(book.sheet_names[:10])}"
            )
        names = [settings.sheet] if settings.sheet else book.sheet_names[:20]
        sheets = {each: book.load_sheet(each, header_row=None, dtypes="string") for each in names}
        seen = [
            each for each, sheet in sheets.items() if settings.sheet or sheet.visible == "visible"
        ]
        frames = {each: sheets[each].to_polars() for each in seen or names}
    frames = {each: frame for each, frame in frames.items() if frame.height}
    if not frames:
        raise TableUnreadable(f"{name}: every sheet of the workbook is empty")
    chosen = max(frames, key=lambda each: (_likeness(frames[each]), frames[each].height))
    others = [each for each in book.sheet_names if each != chosen]
    remarks = (f"Sheets left out: {', '.join(others[:10])}",) if others else ()
    return _sheet_table(chosen, frames[chosen], (*remarks, *workbook_remarks(content)), settings)


def _likeness(frame: pl.DataFrame) -> int:
    rows = _first_rows(frame)
    return likeness(rows[header_place(rows)])


def _first_rows(frame: pl.DataFrame) -> list[list[str]]:
    some = frame.head(ROWS_ABOVE_MOST + 1).iter_rows()
    return [["" if cell is None else str(cell).strip() for cell in row] for row in some]


def _sheet_table(
    sheet: str, frame: pl.DataFrame, remarks: tuple[str, ...], settings: FileSettings
) -> RawTable:
    """The sheet by its row of names, which may have titles above; blank rows are none, as in CSV."""
    rows = _first_rows(frame)
    place = 0 if settings.header is False else header_place(rows)
    top, rest = rows[place], frame.slice(place + 1, 50)
    below = [["" if cell is None else str(cell) for cell in row] for row in rest.iter_rows()]
    has_header = is_header(top, below) if settings.header is None else settings.header
    start = place + has_header
    remarks = (*remarks, *left_out_above(range(1, place + 1), "row"))
    columns = (
        tuple(names_at(rows, place))
        if has_header
        else tuple(f"#{n}" for n in range(1, len(top) + 1))
    )
    width = len(columns)

    def part(offset: int) -> Batch:
        some = frame.slice(offset, ROWS_AT_ONCE)
        whole = _batch(some, range(width), width, offset)
        filled = [n for n, row in enumerate(some.iter_rows()) if any(c is not None for c in row)]
        kept = [[column[n] for n in filled] for column in whole.columns]
        return Batch([whole.numbers[n] for n in filled], kept)

    def batches(_used: Sequence[int]) -> Iterator[Batch]:
        offsets = range(start, frame.height, ROWS_AT_ONCE)
        return chain.from_iterable([part(offset)] for offset in offsets)

    kept: dict[str, str | bool] = {"sheet": sheet, "header": has_header}
    shape = f"Excel, sheet {sheet!r}"
    return RawTable(columns, part(start), batches, "row", shape, kept, has_header, remarks)
