"""Tables as CSV, line by line, so that a long one is never held whole.

A spreadsheet runs a cell that begins like a formula, whoever typed it. Such a text gets an apostrophe
before it, with which spreadsheets show it as the text that it is; numbers stay as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class _Echo:
    """A file whose `write` hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]], line_end: str = "\r\n"
) -> Iterator[str]:
    """The head, then each row as it comes; no text in them is run as a formula."""
    writer = csv.writer(_Echo(), lineterminator=line_end)
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([as_cell(value) for value in row])


def as_cell(value: object) -> object:
    """A value as a cell that no spreadsheet runs."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
