"""One post's row: its kind, its amounts, and all facts that the rules are told.

A page shows one figure where a table has three columns: `$5.00` beside `Hourly` is a rate, the same
beside `Fixed` a budget. A range of budgets counts by its middle, an open one by the end that it states.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat, starmap
from typing import Any, NamedTuple, TypeVar, overload

from connects.posts.money import Amount
from connects.posts.unreadable import CellProblem
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind

Value = TypeVar("Value")


def many(kind: type[Value], count: int, columns: Mapping[str, Iterable[Any]]) -> list[Value]:
    """So many values with slots, made column by column: in a third of the time of `kind(…)` for each.

    Every slot needs a column. Only what `kind` stores is made, so that it must do nothing else by itself.
    """
    made = list(map(object.__new__, repeat(kind, count)))
    for name, column in columns.items():
        # `starmap` hands on the one tuple that `zip` uses again; `map` would make one for each.
        deque(starmap(getattr(kind, name).__set__, zip(made, column, strict=False)), maxlen=0)
    return made


class JobRow(NamedTuple):
    """A post of a table, with what comparisons group by."""

    job_id: str
    source: str
    facts: JobFacts


class RowCells(Mapping[str, str]):
    """A row's texts by our columns, read from its batch's columns when they are asked for."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: Mapping[str, Sequence[str]], place: int) -> None:
        self._columns, self._place = columns, place

    def __getitem__(self, name: str) -> str:
        return self._columns[name][self._place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class ReadRow(NamedTuple):
    """One row of a file: the post, or what is wrong with it. (Tuples are made the fastest.)

    `texts` are its batch's columns by our names, and `place` is its own among them.
    """

    line: int
    row: JobRow | None
    problem: str
    texts: Mapping[str, Sequence[str]]
    place: int

    @property
    def cells(self) -> Mapping[str, str]:
        """The row's texts by our columns."""
        return RowCells(self.texts, self.place)


Made = TypeVar("Made", bound=tuple[Any, ...])


def tuples(kind: type[Made], *columns: Iterable[Any]) -> Iterator[Made]:
    """Named tuples, column by column, each made when it is asked for."""
    return map(tuple.__new__, repeat(kind), zip(*columns, strict=False))


@dataclass(frozen=True, slots=True)
class Sums:
    """An amount in minor units of the rule book's currency, or of its own while none is converted."""

    low: Cents | None = None
    high: Cents | None = None
    currency: str = ""
    hourly: bool | None = None

    middle: Cents | None = field(init=False)

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        object.__setattr__(self, "middle", sum(ends) // len(ends) if ends else None)

    def __bool__(self) -> bool:
        return self.middle is not None


NOTHING = Sums()


class PlainSums(Sequence[Sums]):
    """A column of amounts that are one figure each, and say nothing but that."""

    __slots__ = ("units",)

    def __init__(self, units: Sequence[Cents | None]) -> None:
        self.units = units

    @overload
    def __getitem__(self, place: int) -> Sums: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sums]: ...
    def __getitem__(self, place: int | slice) -> Sums | Sequence[Sums]:
        if isinstance(place, slice):
            return PlainSums(self.units[place])
        units = self.units[place]
        return NOTHING if units is None else Sums(units, units)

    def __len__(self) -> int:
        return len(self.units)


def sums_of(amount: Amount, scale: int) -> Sums:
    """An amount in whole minor units, of which a unit has `scale`."""

    def cents(number: Decimal | None) -> Cents | None:
        return None if number is None else int((number * scale).to_integral_value())

    return Sums(cents(amount.low), cents(amount.high), amount.currency, amount.hourly)


def sums_of_number(number: float, scale: int) -> Sums:
    """The same of a number that a program has as such."""
    if isinstance(number, int) or number.is_integer():
        cents = int(number) * scale
    else:
        cents = int((Decimal(str(number)) * scale).to_integral_value())
    return Sums(cents, cents)


@dataclass(frozen=True, slots=True)
class Money:
    """All that a row says of money."""

    budget: Sums = NOTHING
    either: Sums = NOTHING
    hourly_min: Sums = NOTHING
    hourly_max: Sums = NOTHING
    hourly_mid: Sums = NOTHING

    @property
    def is_stated(self) -> bool:
        return any((self.budget, self.either, self.hourly_min, self.hourly_max, self.hourly_mid))

    def kind(self, stated: str, *, tells: bool) -> JobKind:
        """How the post is paid. Raises CellProblem where neither the row nor its table tells."""
        if stated:
            return JobKind(stated)
        if self.either.hourly is not None:
            return JobKind.HOURLY if self.either.hourly else JobKind.FIXED
        if any(rate.middle for rate in (self.hourly_min, self.hourly_max, self.hourly_mid)):
            return JobKind.HOURLY
        if not tells:
            raise CellProblem("expected fixed or hourly, found nothing")
        # Where nothing is stated, pages have nothing, or a 0: so they do of rates, never of budgets.
        return JobKind.FIXED if self.budget.middle or self.either.middle else JobKind.HOURLY

    def budget_cents(self, kind: JobKind) -> Cents | None:
        if self.budget or kind is JobKind.HOURLY:
            return self.budget.middle
        return self.either.middle

    def hourly_cents(self, kind: JobKind) -> tuple[Cents | None, Cents | None]:
        """The least and the most for an hour."""
        least, most = self.hourly_min.low, self.hourly_max.high
        if least is None and most is None:
            least, most = self.hourly_mid.low, self.hourly_mid.high
        if least is None and most is None and kind is JobKind.HOURLY:
            least, most = self.either.low, self.either.high
        return (least, most) if least or most else (None, None)  # pages write 0 for no rate
