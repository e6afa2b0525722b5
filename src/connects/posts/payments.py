"""How a batch's posts are paid, and what they state.

Where every row names its kind, and no amount is in another currency, whole columns answer at once.
Everything else, such as kinds that only the amounts tell, is worked out row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, countOf
from typing import Any

from connects.posts.conversion import Currencies
from connects.posts.names import AMOUNTS, HOURLY
from connects.posts.rows import NOTHING, PlainSums, Sums
from connects.posts.tables import Coded, each
from connects.posts.unreadable import CellProblem
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

_KINDS = {kind.value: kind for kind in JobKind}
_WHOLE = ("budget_usd", *HOURLY, "amount")
"""Amounts that can be taken whole; of a range whose ends stand apart, each row is looked at."""
_MIDDLE, _LOW, _HIGH = map(attrgetter, ("middle", "low", "high"))
_CURRENCY = attrgetter("currency")
_BY_ROW = frozenset(AMOUNTS) - frozenset(_WHOLE)


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
    if _is_plain(found, money, problems):
        return _by_column(found, rows, problems)
    by_row = _ByRow(found, rows, money, tells_kinds)
    for row in range(rows):
        if row not in problems:
            try:
                by_row.see(row)
            except CellProblem as wrong:
                problems[row] = str(wrong)
    return Payments(by_row.kinds, by_row.budgets, by_row.least, by_row.most, by_row.stated)


def _is_plain(
    found: Mapping[str, Sequence[Any]], money: Currencies, problems: Mapping[int, str]
) -> bool:
    """Whether all kinds are stated, and all amounts by their kind in the rule book's currency."""
    if "kind" not in found or not _BY_ROW.isdisjoint(found):
        return False
    kinds = found["kind"]
    if "" in kinds and countOf(kinds, "") > sum(not kinds[row] for row in problems):
        return False
    told = {money.stated, *found.get("currency", ())}
    for column in (found[name] for name in _WHOLE if name in found):
        if not isinstance(column, PlainSums):
            said = column.said if isinstance(column, Coded) else column
            told.update(map(_CURRENCY, said))
    return told <= {"", money.currency}


def _by_column(
    found: Mapping[str, Sequence[Any]], rows: int, problems: Collection[int]
) -> Payments:
    columns = {name: found[name] for name in _WHOLE if name in found}
    nothing: Sequence[None] = [None] * rows
    middles = {name: _ends(column, _MIDDLE) for name, column in columns.items()}
    least = _ends(columns["hourly_min"], _LOW) if "hourly_min" in columns else nothing
    most = _ends(columns["hourly_max"], _HIGH) if "hourly_max" in columns else nothing
    if "hourly_mid" in columns:
        least, most = _or_middle(columns["hourly_mid"], least, most)
    kinds: Sequence[JobKind | None] = each(found["kind"], _KINDS.get)
    budgets = middles.get("budget_usd", nothing)
    if "amount" in columns:
        budgets = _or_budget(kinds, budgets, middles["amount"])
        least, most = _or_rate(kinds, columns["amount"], least, most)
    if any(rate == 0 for rate in {*least, *most}):  # pages write 0 for no rate
        pairs = [pair if any(pair) else (None, None) for pair in zip(least, most, strict=True)]
        least, most = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    stated = 0
    if middles:
        stated = rows - countOf(zip(*middles.values(), strict=True), (None,) * len(middles))
    if problems:
        kinds = [None if row in problems else kind for row, kind in enumerate(kinds)]
        stated -= sum(
            any(column[row] is not None for column in middles.values()) for row in problems
        )
    return Payments(kinds, budgets, least, most, stated)


def _ends(column: Sequence[Sums], end: Callable[[Sums], Any]) -> Sequence[Cents | None]:
    return column.units if isinstance(column, PlainSums) else each(column, end)


def _or_middle(
    column: Sequence[Sums], least: Sequence[Cents | None], most: Sequence[Cents | None]
) -> tuple[Sequence[Cents | None], Sequence[Cents | None]]:
    """The ends of rates, and one figure in their place where there are none."""
    least, most = list(least), list(most)
    for row, sums in enumerate(column):
        if sums is not NOTHING and least[row] is None and most[row] is None:
            least[row], most[row] = sums.low, sums.high
    return least, most


def _or_budget(
    kinds: Sequence[JobKind | None],
    budgets: Sequence[Cents | None],
    amounts: Sequence[Cents | None],
) -> Sequence[Cents | None]:
    """Budgets, and where there are none what is paid for a fixed price."""
    return [
        amount if own is None and kind is JobKind.FIXED else own
        for kind, own, amount in zip(kinds, budgets, amounts, strict=True)
    ]


def _or_rate(
    kinds: Sequence[JobKind | None],
    column: Sequence[Sums],
    least: Sequence[Cents | None],
    most: Sequence[Cents | None],
) -> tuple[Sequence[Cents | None], Sequence[Cents | None]]:
    """The ends of rates, and where there are none what is paid for an hour."""
    missing = [
        kind is JobKind.HOURLY and low is None and high is None
        for kind, low, high in zip(kinds, least, most, strict=True)
    ]
    return _where(missing, _ends(column, _LOW), least), _where(missing, _ends(column, _HIGH), most)


def _where(
    missing: Sequence[bool], amounts: Sequence[Cents | None], ends: Sequence[Cents | None]
) -> Sequence[Cents | None]:
    return [
        amount if is_missing else own
        for is_missing, own, amount in zip(missing, ends, amounts, strict=True)
    ]


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
