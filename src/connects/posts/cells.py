"""Whole columns of cells, each read by what its column means.

Most columns say the same few things over and over, so each cell's text is read once and remembered.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from connects.posts.column_cells import ColumnCells
from connects.posts.tables import PLAIN_FROM, PLAIN_UNDER, Cells, Coded
from connects.posts.unreadable import CellProblem
from connects.posts.words import is_missing

REMEMBERED_MOST = 20_000
CELL_CHARACTERS_MOST = 1_000
TEXT_CHARACTERS_MOST = 50_000
_LOOKED_AT = 300
_BLANK = (
    string.whitespace + "\x85\xa0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""What stands around words unseen: blanks of any width, and marks of none."""
_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can state and nothing can encode."""
Value = TypeVar("Value")


def text_of(cell: object) -> str:
    """A cell as text: a truth value as 1 or 0, a number as programs write it, nothing as nothing."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else _whole_characters(cell).strip(_BLANK)
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(int(cell))
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return "" if math.isnan(cell) else str(cell)
        return str(int(cell)) if cell.is_integer() and abs(cell) < PLAIN_UNDER else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def _whole_characters(text: str) -> str:
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def long_texts(cells: Cells) -> list[str]:
    """Texts of any length, of which the beginning counts."""
    return [text_of(cell)[:TEXT_CHARACTERS_MOST] for cell in cells]


class Column(Generic[Value]):
    """A column's reader: `read` is asked for each text once, `missing` stands where there is none.

    `words` are those that a mapping adds. `typed` reads plain numbers that the file has as such, which
    need no looking for words and signs. `whole` reads all cells at once, where the file keeps whole
    columns, and answers None where it cannot. `has_problems` once it met a cell that it cannot read.
    """

    def __init__(
        self,
        read: Callable[[str], Value],
        missing: Value,
        words: Mapping[str, str] | None = None,
        typed: Callable[[Any], Value] | None = None,
        whole: Callable[[ColumnCells], Sequence[Value] | None] | None = None,
    ) -> None:
        self._read, self.missing, self._words = read, missing, words or {}
        self._typed, self._whole = (None, None) if words else (typed, whole)
        self.has_problems = False
        self._known: dict[object, Value | CellProblem] = {}
        self._said: Cells = ()
        self._meant: list[Value | CellProblem] = []

    def values(self, cells: Cells) -> Sequence[Value | CellProblem]:
        """What the cells say, or what is wrong with them, in their order."""
        if isinstance(cells, Coded):
            if cells.said is not self._said:
                self._said, self._meant = cells.said, self._remembered(cells.said)
            return cells.meaning(self._meant)
        at_once = None
        if self._whole is not None and isinstance(cells, ColumnCells):
            at_once = self._whole(cells)
        return self._remembered(cells) if at_once is None else at_once

    def _remembered(self, cells: Cells) -> list[Value | CellProblem]:
        known = self._known
        if len(known) > REMEMBERED_MOST:
            known.clear()
        try:
            return [known[cell] for cell in cells]
        except KeyError:
            for cell in set(cells).difference(known):
                value = known[cell] = self._value(cell)
                self.has_problems |= isinstance(value, CellProblem)
        return [known[cell] for cell in cells]

    def _value(self, cell: object) -> Value | CellProblem:
        if self._typed is not None and _is_plain_number(cell):
            return self._typed(cell)
        text = text_of(cell)
        if len(text) > CELL_CHARACTERS_MOST:
            return CellProblem(f"longer than {CELL_CHARACTERS_MOST:,} characters")
        text = self._words.get(text.casefold(), text)
        if is_missing(text):
            return self.missing
        try:
            return self._read(text)
        except CellProblem as problem:
            return problem


def as_it_is(number: float) -> float:
    return number


def number_word(number: float) -> str:
    """A number as tables write it: whole ones of a usual size without a point or an exponent."""
    if isinstance(number, int):
        return str(number)
    return str(int(number)) if number.is_integer() and abs(number) < PLAIN_UNDER else str(number)


def _is_plain_number(cell: object) -> bool:
    """Whether a file has the cell as a number, of a size at which its text has no exponent."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return cell == 0 or PLAIN_FROM <= abs(cell) < PLAIN_UNDER


def share_read(read: Callable[[str], object], cells: Sequence[object], most: int = 200) -> float:
    """The share of a column's filled cells that a reader understands; 0 where none is filled."""
    texts = [text for cell in cells[:most] if not is_missing(text := text_of(cell)[:_LOOKED_AT])]
    fitting = 0
    for text in texts:
        try:
            read(text)
        except CellProblem:
            continue
        fitting += 1
    return fitting / len(texts) if texts else 0.0
