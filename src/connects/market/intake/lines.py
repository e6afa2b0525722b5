"""Read a file's lines: JSON objects, or CSV with a header. What cannot be read is a difference."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from connects.market.intake.differences import Code, Difference, Found, shown
from connects.market.intake.fields import SHAPES, Cell

LINE_MOST = 100_000
_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line that could be read: its number in the file, and what stands in its fields."""

    number: int
    values: Mapping[str, Any]


class Unreadable(Exception):
    """Why a line cannot be read."""

    def __init__(self, code: Code, **parameters: object) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


def shape_of(file: str) -> str:
    """Which of the shapes a file has, by its name."""
    return file.partition(".")[0]


def count_lines(path: Path) -> int:
    """How many lines say something; a header is not one of them."""
    if path.suffix == ".csv":
        with _text(path) as stream, suppress(csv.Error):
            return max(sum(1 for row in csv.reader(stream) if row) - 1, 0)
    with path.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _text(path: Path) -> TextIO:
    # What is not UTF-8 becomes halves of characters, which show the very line that has them.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def read_lines(path: Path, found: Found) -> Iterator[Line]:
    """The lines of a file that can be read; `found` hears of each that cannot."""
    yield from (_csv_lines if path.suffix == ".csv" else _json_lines)(path, found)


def _json_lines(path: Path, found: Found) -> Iterator[Line]:
    with path.open("rb") as stream:
        for number, line in _bounded(stream):
            try:
                values = _json_object(line)
            except Unreadable as error:
                found(Difference(path.name, number, "", error.code, error.parameters))
            else:
                yield Line(number, values)


def _bounded(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines that say something, with their numbers; None for one that is too long to be read."""
    number = 0
    while line := stream.readline(LINE_MOST + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_MARK)
        is_whole = len(line) <= LINE_MOST or line.endswith(b"\n")
        while not is_whole and (rest := stream.readline(LINE_MOST)):
            is_whole = rest.endswith(b"\n")
        if len(line) > LINE_MOST:
            yield number, None
        elif line.strip():
            yield number, line


def _json_object(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise Unreadable(Code.LINE_TOO_LONG, most=f"{LINE_MOST:,}")
    try:
        value = _JSON.decode(line.decode())
    except UnicodeDecodeError:
        raise Unreadable(Code.NOT_UTF_8) from None
    except (ValueError, RecursionError):  # not JSON, or a number of more digits than Python reads
        raise Unreadable(Code.UNREADABLE, why="it is not JSON") from None
    if not isinstance(value, dict):
        raise Unreadable(Code.UNREADABLE, why="it is not a JSON object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of those fields, none of which may be there twice: which one would count?"""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Unreadable(Code.UNREADABLE, why="a field is there twice")
    return values


_JSON = json.JSONDecoder(object_pairs_hook=_once)


def _csv_lines(path: Path, found: Found) -> Iterator[Line]:
    with _text(path) as stream:
        rows = csv.reader(stream, strict=True)
        columns = _header(path.name, rows, found)
        known = {*SHAPES[shape_of(path.name)]} | _other_names(path.name, columns)
        ended = rows.line_num
        while columns:
            number = ended + 1
            try:
                row = next(rows)
                ended = rows.line_num
                if row:
                    yield Line(number, _cells(columns, row, known))
            except StopIteration:
                return
            except csv.Error as error:
                ended = rows.line_num
                problem = Unreadable(Code.UNREADABLE, why=str(error))
                found(Difference(path.name, number, "", problem.code, problem.parameters))
            except Unreadable as error:
                found(Difference(path.name, number, "", error.code, error.parameters))


def _header(file: str, rows: Iterator[list[str]], found: Found) -> list[str]:
    """The columns; none where the file cannot be read without one that is missing, or there twice."""
    columns: list[str] = []
    with suppress(StopIteration, csv.Error):
        columns = next(rows)
    if any("\0" in column or not _is_utf_8(column) for column in columns):
        found(Difference(file, 1, "", Code.NOT_UTF_8))
        return []
    fields, fits = SHAPES[shape_of(file)], True
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            found(Difference(file, 1, shown(column), Code.COLUMN_TWICE))
            fits = False
        elif column not in fields and column not in _other_names(file, columns):
            found(Difference(file, 1, shown(column), Code.UNKNOWN_FIELD))
    for name, field in fields.items():
        is_there = name in columns or (name == "account" and "id" in columns)
        if (field.required or field.present) and not is_there:
            found(Difference(file, 1, name, Code.MISSING))
            fits = False
    return columns if fits else []


def _other_names(file: str, columns: Sequence[str]) -> set[str]:
    """What `account` may be called here: among accounts, where no column has that name, `id`."""
    return {"id"} if file == "accounts.csv" and "account" not in columns else set()


def _is_utf_8(text: str) -> bool:
    """Whether it was UTF-8 in the file: what was not has become halves of characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _cells(columns: list[str], row: list[str], known: set[str]) -> dict[str, Any]:
    """The known columns' cells; the header has told of the others."""
    if len(row) != len(columns):
        raise Unreadable(Code.WRONG_NUMBER_OF_CELLS, found=len(row), says=len(columns))
    if not all(map(_is_utf_8, row)):
        raise Unreadable(Code.NOT_UTF_8)
    return {
        column: Cell(cell) if cell else None
        for column, cell in zip(columns, row, strict=True)
        if column in known
    }
