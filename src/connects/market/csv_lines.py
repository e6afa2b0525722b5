"""Tables as CSV, line by line, so that a long one is never held whole."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence


class _Echo:
    """A file whose `write` hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The head, then each row as it comes."""
    writer = csv.writer(_Echo())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow(row)
