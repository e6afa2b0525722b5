"""What a file holds before anybody knows what its columns mean: names, and batches of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar, overload

from typing_extensions import override

Cells: TypeAlias = Sequence[object]
"""The cells of one column; texts, or numbers, dates and truth values where the file has types."""

ROWS_AT_ONCE = 1_000
PLAIN_FROM, PLAIN_UNDER = 1e-4, 1e15
"""Between these a number's text has no exponent."""
Value = TypeVar("Value")
Meant = TypeVar("Meant")


class Coded(Sequence[Value]):
    """Cells that say the same few things over and over: what is said, and which of it each one says."""

    __slots__ = ("_places", "said")

    def __init__(self, said: Sequence[Value], places: Sequence[int]) -> None:
        self.said, self._places = said, places

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> list[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | list[Value]:
        if isinstance(place, slice):
            return [self.said[each] for each in self._places[place]]
        return self.said[self._places[place]]

    def __iter__(self) -> Iterator[Value]:
        return map(self.said.__getitem__, self._places)

    def __len__(self) -> int:
        return len(self._places)

    @override
    def __contains__(self, value: object) -> bool:
        return value in self.said and any(each == value for each in self)

    def meaning(self, said: Sequence[Meant]) -> Coded[Meant]:
        """The same cells, with what each thing that is said means."""
        return Coded(said, self._places)


def each(cells: Sequence[Value], read: Callable[[Value], Meant]) -> Sequence[Meant]:
    """What `read` makes of each cell; once for each thing that is said, where a file says what is."""
    if isinstance(cells, Coded):
        return cells.meaning(list(map(read, cells.said)))
    return list(map(read, cells))


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
