"""Cells of Parquet and Arrow, a thousand at a time, of which whole slices are read at once.

What can be made of a column is found out when it is asked for, once for each slice of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

import polars as pl

from connects.posts import whole_columns
from connects.posts.column_cells import ColumnCells, Instants, Numbers
from connects.posts.tables import ROWS_AT_ONCE, Coded

CODED_MOST = 1_000
"""So many different texts of a column in a slice are taken as words that it says over and over."""
Found = TypeVar("Found")


class FrameColumn:
    """A column of a slice."""

    def __init__(self, series: pl.Series) -> None:
        is_named = isinstance(series.dtype, pl.Categorical | pl.Enum)
        self.series = series.cast(pl.String) if is_named else series
        self._coded = _coded(self.series)
        self._made: dict[object, Any] = {}

    def cells(self, start: int) -> Sequence[object]:
        """The cells of the next rows from a place on."""
        if self._coded is None:
            return _FrameCells(self, self.series, start)
        said, codes = self._coded
        return Coded(said, codes.slice(start, ROWS_AT_ONCE).to_list())

    def once(self, name: object, make: Callable[[], Found]) -> Found:
        """What is made of the whole column, made when it is first asked for."""
        if name not in self._made:
            self._made[name] = make()
        found: Found = self._made[name]
        return found


def _coded(series: pl.Series) -> tuple[list[object], pl.Series] | None:
    """The few things that a column says, and which of them each cell says."""
    if series.dtype == pl.Boolean:
        return [False, True, None], series.cast(pl.UInt8).fill_null(2)
    if series.dtype != pl.String or series.n_unique() > CODED_MOST:
        return None
    said = series.unique(maintain_order=True).drop_nulls()
    codes = series.cast(pl.Enum(said)).to_physical().fill_null(len(said))
    return [*said.to_list(), *([None] if series.null_count() else [])], codes


class _FrameCells(ColumnCells):
    """The cells of some rows of a column; a list of them is made once a single cell is asked for."""

    __slots__ = ("_column", "_list", "_series", "_start")

    def __init__(self, column: FrameColumn, series: pl.Series, start: int) -> None:
        self._column, self._series, self._start = column, series, start
        self._list: list[Any] | None = None

    def _cells(self) -> list[Any]:
        if self._list is None:
            self._list = self._here(self._series)
        return self._list

    def _here(self, whole: pl.Series) -> list[Any]:
        return whole.slice(self._start, ROWS_AT_ONCE).to_list()

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return self._cells()[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cells())

    def __len__(self) -> int:
        return min(ROWS_AT_ONCE, len(self._series) - self._start)

    def words(self) -> Sequence[str] | None:
        return self._all_at_once("words", lambda: whole_columns.words(self._series))

    def numbers(self) -> Numbers | None:
        found = self._column.once("numbers", lambda: whole_columns.numbers(self._series))
        return None if found is None else _FrameNumbers(self._column, found, self._start)

    def minor_units(self, scale: int) -> Sequence[int | None] | None:
        return self._all_at_once(
            ("minor units", scale), lambda: whole_columns.minor_units(self._series, scale)
        )

    def instants(self) -> Instants | None:
        found = self._all_at_once("instants", lambda: whole_columns.instants(self._series))
        return None if found is None else Instants(found)

    def _all_at_once(self, name: object, make: Callable[[], pl.Series | None]) -> list[Any] | None:
        found = self._column.once(name, make)
        return None if found is None else self._here(found)


class _FrameNumbers(_FrameCells, Numbers):
    """The same, where all of them are numbers."""

    __slots__ = ()

    def hundredths(self, most: float) -> Sequence[int | None]:
        return self._ints("hundredths", whole_columns.hundredths, most)

    def whole(self, most: float) -> Sequence[int | None]:
        return self._ints("whole", whole_columns.whole, most)

    def counts(self, most: int) -> Sequence[int | None]:
        return self._ints("counts", whole_columns.counts, most)

    def _ints(
        self, name: str, make: Callable[[pl.Series, Any], pl.Series], most: float
    ) -> list[int | None]:
        return self._here(self._column.once((name, most), lambda: make(self._series, most)))
