"""Reading a table of posts as a stream: plain or gzipped, from a file or from standard input.

The hard case is a damaged file. Each line is read by itself, so an unbalanced quote, a NUL or a
broken character spoils its own row and no other, and memory never holds more than one line.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from connects.cli.job_rows import NEEDED, JobRow, RowProblem, read_row

_GZIP_MAGIC = b"\x1f\x8b"
LINE_BYTES_MOST = 1_000_000


class TableUnreadable(ValueError):
    """A file that is no table of posts at all; the message says why."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One line of the table: the post, or what is wrong with it. `cells` are its texts by column."""

    line: int
    cells: dict[str, str]
    row: JobRow | None
    problem: str


@contextmanager
def open_table(name: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input for `-`; gzip is told by its first bytes."""
    with ExitStack() as closing:
        try:
            raw = sys.stdin.buffer if name == "-" else closing.enter_context(Path(name).open("rb"))
            stream = io.BufferedReader(raw)  # type: ignore[type-var]
            is_gzip = stream.peek(2)[:2] == _GZIP_MAGIC
        except OSError as error:
            raise TableUnreadable(f"{name}: {error.strerror or error}") from error
        yield closing.enter_context(gzip.open(stream, "rb")) if is_gzip else stream


def read_table(stream: BinaryIO, name: str, columns: tuple[str, ...] = ()) -> Iterator[ReadRow]:
    """The table's rows, one by one. `columns` must be in its header besides those always needed.

    Raises TableUnreadable where the header is not that of a table of posts, or the gzip is broken.
    """
    lines = _lines(stream, name)
    header = _cells(next(lines, b""))
    missing = [column for column in (*NEEDED, *columns) if column not in (header or ())]
    if header is None or missing:
        raise TableUnreadable(f"{name}: the header has no column {', '.join(missing)}")
    for number, line in enumerate(lines, start=2):
        if line.strip():
            yield _read_line(number, line, header)


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        while line := stream.readline(LINE_BYTES_MOST):
            yield line
            while not line.endswith(b"\n"):
                # The rest of an overlong line is passed over; the row is spoilt already.
                line = stream.readline(LINE_BYTES_MOST)
                if not line:
                    return
    except (OSError, EOFError, zlib.error) as error:
        raise TableUnreadable(f"{name}: {error}") from error


def _cells(line: bytes) -> list[str] | None:
    try:
        rows = list(csv.reader([line.decode("utf-8-sig").rstrip("\r\n")], strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return rows[0] if rows else None


def _read_line(number: int, line: bytes, header: list[str]) -> ReadRow:
    if len(line) >= LINE_BYTES_MOST:
        return ReadRow(number, {}, None, f"longer than {LINE_BYTES_MOST} bytes")
    cells = _cells(line)
    if cells is None:
        return ReadRow(number, {}, None, "not a line of CSV in UTF-8")
    by_column = dict(zip(header, cells, strict=False))
    if len(cells) != len(header):
        problem = f"expected {len(header)} cells, found {len(cells)}"
        return ReadRow(number, by_column, None, problem)
    try:
        return ReadRow(number, by_column, read_row(by_column), "")
    except RowProblem as problem:
        return ReadRow(number, by_column, None, str(problem))
