"""Refuse workbooks that spread few cells over more room than there is memory.

A sheet of two cells, in its first and in its last corner, is small as a file; the library that reads it
makes room for all 17,000,000,000 between them, and ends the whole process where it cannot. So the corners
of Excel's usual format are looked up first; any other format is tried out in a process of its own.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass

from connects.posts.unreadable import TableUnreadable

CELLS_MOST = 20_000_000
TRIED_BYTES_MOST = 3_000_000_000
_SHEETS = "xl/worksheets/"
_BYTES_AT_ONCE = 1 << 20
_PLACE = re.compile(rb"""\br=["']([A-Za-z]{1,9})([0-9]{1,18})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,400}?\br=["']([0-9]{1,18})["']""")
_TRIAL = f"""
import sys, fastexcel
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({TRIED_BYTES_MOST},) * 2)
except ImportError:
    pass
try:
    book = fastexcel.read_excel(sys.stdin.buffer.read())
    for sheet in book.sheet_names[:20]:
        book.load_sheet(sheet, header_row=None, dtypes="string")
except Exception:
    pass
"""
"""What goes wrong in an ordinary way is left to the reader, who has words for it."""


def check_room(content: bytes, name: str) -> None:
    """Raise TableUnreadable where reading the workbook would take more memory than posts ever need."""
    if _is_usual(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if member.startswith(_SHEETS) and member.endswith(".xml"):
                    _check_sheet(archive, member, name)
        return
    trial = subprocess.run(  # noqa: S603 our own program
        (sys.executable, "-c", _TRIAL), input=content, capture_output=True, check=False
    )
    if trial.returncode:
        raise TableUnreadable(
            f"{name}: the workbook is broken, or needs more than {TRIED_BYTES_MOST:,} bytes of memory;"
            " save the sheet as CSV"
        )


def _is_usual(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "xl/workbook.xml" in archive.namelist()


@dataclass(slots=True)
class _Extent:
    """How far a sheet's cells reach, by the places that they state, and by their mere number."""

    last_row: int = 0
    last_column: int = 0
    rows: int = 0
    widest: int = 0
    _open: int = 0

    def see(self, part: bytes) -> None:
        places = _PLACE.findall(part)
        if places:
            self.last_row = max(self.last_row, *(int(row) for _, row in places))
            letters = {column.upper() for column, _ in places}
            self.last_column = max(self.last_column, *map(_column_number, letters))
        stated = _ROW.findall(part)
        if stated:
            self.last_row = max(self.last_row, *map(int, stated))
        first, *others = part.split(b"<row")
        self._open += first.count(b"<c")
        for row in others:
            self.widest = max(self.widest, self._open)
            self._open = row.count(b"<c")
        self.rows += len(others)
        self.widest = max(self.widest, self._open)

    @property
    def cells(self) -> int:
        return max(self.last_row, self.rows) * max(self.last_column, self.widest)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_sheet(archive: zipfile.ZipFile, member: str, name: str) -> None:
    extent, rest = _Extent(), b""
    with archive.open(member) as stream:
        while chunk := stream.read(_BYTES_AT_ONCE):
            text = rest + chunk
            cut = text.rfind(b"<") if text.rfind(b"<") > 0 else len(text)
            extent.see(text[:cut])
            rest = text[cut:]
    extent.see(rest)
    if extent.cells > CELLS_MOST:
        raise TableUnreadable(
            f"{name}: a sheet of the workbook reaches over {extent.cells:,} cells, more than"
            f" {CELLS_MOST:,}; delete what lies far outside of the table, or save the sheet as CSV"
        )
