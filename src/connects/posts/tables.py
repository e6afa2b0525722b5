"""What a file holds before anybody knows what its columns mean: names, and batches of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Cells: TypeAlias = Sequence[object]
"""The cells of one column; texts, or numbers, dates and truth values where the file has types."""

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, column by column. `spoilt` says of rows, by their place here, why they are none."""

    numbers: Sequence[int]
    columns: Sequence[Cells]
    spoilt: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file's columns, its first rows, and all rows of the columns that are asked for.

    `unit` is what rows are numbered as; `header` says whether the file names its columns itself;
    `shape` says what the file is, for people, and `settings` what a mapping would keep of it.
    """

    columns: tuple[str, ...]
    first: Batch
    batches: Callable[[Sequence[int]], Iterator[Batch]]
    unit: str
    shape: str
    settings: Mapping[str, str | bool]
    header: bool = True
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What a mapping says about the file itself; empty is for the reader to find out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    rows: str = ""
    header: bool | None = None
