"""How a batch's posts are paid, and what they state.

Where every row names its kind, and no amount is in another currency, whole columns answer at once.
Everything else, such as one column for budgets and rates, is worked out row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from connects.posts.conversion import Currencies
from connects.posts.names import AMOUNTS, HOURLY
from connects.posts.rows import NOTHING
from connects.posts.tables import each
from connects.posts.unreadable import CellProblem
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

_KINDS = {kind.value: kind for kind in JobKind}
_OF_ONE_KIND = ("budget_usd", *HOURLY)
_MIDDLE, _LOW, _HIGH = map(attrgetter, ("middle", "low", "high"))
_CURRENCY = attrgetter("currency")
_OF_EITHER = frozenset(AMOUNTS) - frozenset(_OF_ONE_KIND)


@dataclass(frozen=True, slots=True)
class Payments:
    """Columns of the same length; a row that is no post has no kind. `stated` rows have an amount."""

    kinds: Sequence[JobKind | None]
    budgets: Sequence[Cents | None]
    least: Sequence[Cents | None]
    most: Sequence[Cents | None]
    stated: int


def payments_of(
    found: Mapping[str, Sequence[Any]],
    rows: int,
    money: Currencies,
    problems: dict[int, str],
    *,
    tells_kinds: bool,
) -> Payments:
    """How the rows without problems are paid; what is wrong with others is added to `problems`."""
    if not problems and _is_plain(found, money):
        return _by_column(found, rows)
    by_row = _ByRow(found, rows, money, tells_kinds)
    for row in range(rows):
        if row not in problems:
            try:
                by_row.see(row)
            except CellProblem as wrong:
                problems[row] = str(wrong)
    return Payments(by_row.kinds, by_row.budgets, by_row.least, by_row.most, by_row.stated)


def _is_plain(found: Mapping[str, Sequence[Any]], money: Currencies) -> bool:
    """Whether all kinds are stated, and all amounts by their kind in the rule book's currency."""
    if "" in found.get("kind", ("",)) or not _OF_EITHER.isdisjoint(found):
        return False
    told = {money.stated, *found.get("currency", ())}
    for name in _OF_ONE_KIND:
        told.update(map(_CURRENCY, found.get(name, ())))
    return told <= {"", money.currency}


def _by_column(found: Mapping[str, Sequence[Any]], rows: int) -> Payments:
    columns = {name: found[name] for name in _OF_ONE_KIND if name in found}
    nothing: list[None] = [None] * rows
    middles = {name: list(map(_MIDDLE, column)) for name, column in columns.items()}
    least = list(map(_LOW, columns["hourly_min"])) if "hourly_min" in columns else nothing[:]
    most = list(map(_HIGH, columns["hourly_max"])) if "hourly_max" in columns else nothing[:]
    for row, sums in enumerate(columns.get("hourly_mid", ())):
        if sums is not NOTHING and least[row] is None and most[row] is None:
            least[row], most[row] = sums.low, sums.high
    silent = list(zip(*middles.values(), strict=True)).count((None,) * len(middles))
    return Payments(
        each(found["kind"], _KINDS.get),
        middles.get("budget_usd", nothing),
        least,
        most,
        stated=rows - silent if middles else 0,
    )


class _ByRow:
    """The same, row by row."""

    def __init__(
        self, found: Mapping[str, Sequence[Any]], rows: int, money: Currencies, tells_kinds: bool
    ) -> None:
        self._found, self._money, self._tells_kinds = found, money, tells_kinds
        self.kinds: list[JobKind | None] = [None] * rows
        self.budgets: list[Cents | None] = [None] * rows
        self.least: list[Cents | None] = [None] * rows
        self.most: list[Cents | None] = [None] * rows
        self.stated = 0

    def see(self, row: int) -> None:
        """Raises CellProblem where the row's amounts or its kind cannot be known."""
        said = {name: column[row] for name, column in self._found.items()}
        money = self._money.of(said)
        self.stated += money.is_stated
        try:
            kind = money.kind(said.get("kind", ""), tells=self._tells_kinds)
        except CellProblem as wrong:
            raise CellProblem(f"kind: {wrong}") from wrong
        self.kinds[row] = kind
        self.budgets[row] = money.budget_cents(kind)
        self.least[row], self.most[row] = money.hourly_cents(kind)
