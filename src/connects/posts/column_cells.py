"""Cells of files that keep whole columns, such as Parquet, and what can be asked of all at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence


class Numbers(Sequence["float | None"]):
    """Numbers of a whole column, and what is made of all of them at once."""

    __slots__ = ()

    @abstractmethod
    def hundredths(self, most: float) -> Sequence[int | None]:
        """Each times a hundred, rounded; None for those below 0 or above `most`."""

    @abstractmethod
    def whole(self, most: float) -> Sequence[int | None]:
        """Each without what stands after its point; None for those below 0 or above `most`."""

    @abstractmethod
    def counts(self, most: int) -> Sequence[int | None]:
        """Each that is whole; None for others, and for those below 0 or above `most`."""


class Instants(list[str]):
    """Dates that all are known: none says only how long ago it was."""


class ColumnCells(Sequence[object]):
    """Cells of a file that keeps whole columns, as Parquet does, and what they say, all at once.

    An answer is None where some cell needs a closer look; an empty cell is None, or an empty text.
    """

    __slots__ = ()

    @abstractmethod
    def words(self) -> Sequence[str] | None:
        """The cells as words that mean nothing but themselves."""

    @abstractmethod
    def numbers(self) -> Numbers | None:
        """The cells as bare numbers, each of a size at which its text has no exponent."""

    @abstractmethod
    def minor_units(self, scale: int) -> Sequence[int | None] | None:
        """The cells as amounts in minor units, of which a unit has `scale`."""

    @abstractmethod
    def instants(self) -> Instants | None:
        """The cells as instants in UTC, to the minute, as texts that sort."""
