"""How a batch's posts are paid, and what they state.

Where every row names its kind, and no amount is in another currency, whole columns answer at once.
Everything else, such as kinds that only the amounts tell, is worked out row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, countOf
from typing import Any, NamedTuple

from connects.posts.conversion import Currencies
from connects.posts.names import AMOUNTS, HOURLY
from connects.posts.rows import PlainSums, Sums
from connects.posts.tables import Coded, each
from connects.posts.unreadable import CellProblem
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind

_KINDS = {kind.value: kind for kind in JobKind}
_APART = ("amount_min", "amount_max")
_OF_A_KIND = ("budget_usd", *HOURLY)
_MIDDLE, _LOW, _HIGH = map(attrgetter, ("middle", "low", "high"))
_CURRENCY = attrgetter("currency")


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
    if "kind" not in found:
        return False
    kinds = found["kind"]
    if "" in kinds and countOf(kinds, "") > sum(not kinds[row] for row in problems):
        return False
    told = {money.stated, *found.get("currency", ())}
    for column in (found[name] for name in AMOUNTS if name in found):
        if not isinstance(column, PlainSums):
            said = column.said if isinstance(column, Coded) else column
            told.update(map(_CURRENCY, said))
    return told <= {"", money.currency}


class _Ends(NamedTuple):
    """Amounts of all rows: their middles, and the ends of those that are ranges."""

    middle: Sequence[Cents | None]
    low: Sequence[Cents | None]
    high: Sequence[Cents | None]


def _by_column(
    found: Mapping[str, Sequence[Any]], rows: int, problems: Collection[int]
) -> Payments:
    nothing: Sequence[None] = [None] * rows
    either = _either(found, rows)
    least = _ends(found["hourly_min"], _LOW) if "hourly_min" in found else nothing
    most = _ends(found["hourly_max"], _HIGH) if "hourly_max" in found else nothing
    if "hourly_mid" in found:
        least, most = _or_middle(found["hourly_mid"], least, most)
    kinds: Sequence[JobKind | None] = each(found["kind"], _KINDS.get)
    middles = {name: _ends(found[name], _MIDDLE) for name in _OF_A_KIND if name in found}
    budgets = middles.get("budget_usd", nothing)
    if either is not None:
        budgets = _or_budget(kinds, budgets, either.middle)
        least, most = _or_rate(kinds, either, least, most)
    if 0 in least or (least is not most and 0 in most):  # pages write 0 for no rate
        pairs = [pair if any(pair) else (None, None) for pair in zip(least, most, strict=True)]
        least, most = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    said = [*middles.values(), *([] if either is None else [either.middle])]
    if problems:
        kinds = [None if row in problems else kind for row, kind in enumerate(kinds)]
    return Payments(kinds, budgets, least, most, _stated(said, rows, problems))


def _ends(column: Sequence[Sums], end: Callable[[Sums], Any]) -> Sequence[Cents | None]:
    return column.units if isinstance(column, PlainSums) else each(column, end)


def _either(found: Mapping[str, Sequence[Any]], rows: int) -> _Ends | None:
    """What is a budget or a rate, by the kind: in one column, or in one for each end of a range."""
    amount = None
    if "amount" in found:
        amount = _Ends(*(_ends(found["amount"], end) for end in (_MIDDLE, _LOW, _HIGH)))
    if not any(name in found for name in _APART):
        return amount
    lows, highs = (
        _ends(found[name], end) if name in found else [None] * rows
        for name, end in zip(_APART, (_LOW, _HIGH), strict=True)
    )
    if amount is not None:
        lows = _or_else(amount.middle, amount.low, lows)
        highs = _or_else(amount.middle, amount.high, highs)
    return _Ends(list(map(_between, lows, highs)), lows, highs)


def _or_else(
    is_said: Sequence[Cents | None],
    ends: Sequence[Cents | None],
    others: Sequence[Cents | None],
) -> Sequence[Cents | None]:
    return [
        other if middle is None else end
        for middle, end, other in zip(is_said, ends, others, strict=True)
    ]


def _between(low: Cents | None, high: Cents | None) -> Cents | None:
    if low is None or high is None:
        return high if low is None else low
    return (low + high) // 2


def _stated(said: Sequence[Sequence[Cents | None]], rows: int, problems: Collection[int]) -> int:
    """How many rows without problems have an amount."""
    if not said:
        return 0
    if len(said) == 1:
        silent = countOf(said[0], None)
    else:
        silent = countOf(zip(*said, strict=True), (None,) * len(said))
    return rows - silent - sum(any(column[row] is not None for column in said) for row in problems)


def _or_middle(
    column: Sequence[Sums], least: Sequence[Cents | None], most: Sequence[Cents | None]
) -> tuple[Sequence[Cents | None], Sequence[Cents | None]]:
    """The ends of rates, and one figure in their place where there are none."""
    missing = [low is None and high is None for low, high in zip(least, most, strict=True)]
    return _where(missing, _ends(column, _LOW), least), _where(missing, _ends(column, _HIGH), most)


def _or_budget(
    kinds: Sequence[JobKind | None],
    budgets: Sequence[Cents | None],
    amounts: Sequence[Cents | None],
) -> Sequence[Cents | None]:
    """Budgets, and where there are none what is paid for a fixed price."""
    if budgets.count(None) == len(budgets):
        return _of_kind(JobKind.FIXED, kinds, amounts)
    return [
        amount if own is None and kind is JobKind.FIXED else own
        for kind, own, amount in zip(kinds, budgets, amounts, strict=True)
    ]


def _or_rate(
    kinds: Sequence[JobKind | None],
    either: _Ends,
    least: Sequence[Cents | None],
    most: Sequence[Cents | None],
) -> tuple[Sequence[Cents | None], Sequence[Cents | None]]:
    """The ends of rates, and where there are none what is paid for an hour."""
    if least is most and least.count(None) == len(least):
        lows = _of_kind(JobKind.HOURLY, kinds, either.low)
        if either.low is either.high:
            return lows, lows
        return lows, _of_kind(JobKind.HOURLY, kinds, either.high)
    missing = [
        kind is JobKind.HOURLY and low is None and high is None
        for kind, low, high in zip(kinds, least, most, strict=True)
    ]
    return _where(missing, either.low, least), _where(missing, either.high, most)


def _of_kind(
    kind: JobKind, kinds: Sequence[JobKind | None], amounts: Sequence[Cents | None]
) -> Sequence[Cents | None]:
    return [amount if own is kind else None for own, amount in zip(kinds, amounts, strict=True)]


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
