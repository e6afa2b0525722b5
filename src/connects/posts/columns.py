"""How each of our columns reads its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from connects.posts.cells import Column, as_it_is, number_word
from connects.posts.column_cells import ColumnCells
from connects.posts.counts import number_of
from connects.posts.dates import is_relative, sortable
from connects.posts.headers import plain_name
from connects.posts.mapping import ColumnMap
from connects.posts.money import CODES, SYMBOLS, amount_of
from connects.posts.names import AMOUNTS, TEXTS
from connects.posts.periods import period_word
from connects.posts.rows import NOTHING, PlainSums, Sums, sums_of, sums_of_number
from connects.posts.unreadable import CellProblem, TableUnreadable
from connects.posts.words import (
    DURATIONS,
    duration_range,
    kind_word,
    level_word,
    tier_word,
    verified_word,
    workload_word,
)
from connects.vocabulary.amounts import decimals_of
from connects.vocabulary.facts import Range

NUMBERS = frozenset(
    "client_spend_usd client_reviews client_rating client_hires title_chars description_chars"
    " freelancers_to_hire".split()
)
DECISIVE = frozenset(
    (
        *("job_id", "source", "kind", "category", "duration", "workload", "experience_level"),
        *("client_payment_verified", "paid_per", "currency", "usd_per_unit", *AMOUNTS),
    )
)
"""Columns without which a price would be another one."""

LONG = frozenset((*TEXTS, "skills"))
LATE = frozenset(("skills",))
"""Columns that no price rests on, and that cannot be wrong: read when somebody asks for them."""


class _Amounts(Column[Any]):
    """Truth is no amount, though programs count it as 1."""

    def _value(self, cell: object) -> Any:
        if isinstance(cell, bool):
            return CellProblem(
                f"expected a number or an amount of money, found {str(cell).lower()}"
            )
        return super()._value(cell)


@dataclass(frozen=True, slots=True)
class Length:
    """A length as the rules take it and as tables write it."""

    days: Range | None = None
    word: str = ""


def column_reader(name: str, mapping: ColumnMap, currency: str) -> Column[Any]:
    words = dict(mapping.words.get(name, {}))
    if name in AMOUNTS:
        # A number with a type has a point, whatever the column's texts have.
        scale, sign = 10 ** decimals_of(currency), mapping.decimal
        return _Amounts(
            lambda text: sums_of(amount_of(text, sign), scale),
            NOTHING,
            words,
            lambda number: sums_of_number(number, scale),
            lambda cells: _plain_sums(cells, scale),
        )
    if name == "kind":
        words = {**_flag_words(mapping.columns.get(name, "")), **words}
    if name == "posted_at":
        order = mapping.dates
        return Column(
            lambda text: text if is_relative(text) else sortable(text, order),
            "",
            words,
            whole=lambda cells: cells.instants(),
        )
    if name == "duration":
        return Column(_length, Length(), words)
    if name in NUMBERS:
        return Column(number_of, None, words, as_it_is, lambda cells: cells.numbers())
    if name not in _READERS:
        return Column(str, "", words, number_word, lambda cells: cells.words())
    return Column(_READERS[name], "", words, number_word if name == "usd_per_unit" else None)


def _plain_sums(cells: ColumnCells, scale: int) -> Sequence[Sums] | None:
    units = cells.minor_units(scale)
    return None if units is None else PlainSums(units)


def _flag_words(column: str) -> dict[str, str]:
    """What truth means in a column such as `is_hourly`."""
    plain = plain_name(column)
    if not plain.startswith("is_"):
        return {}
    yes, no = ("fixed", "hourly") if "fixed" in plain else ("hourly", "fixed")
    return {**dict.fromkeys(("1", "true", "yes"), yes), **dict.fromkeys(("0", "false", "no"), no)}


def _length(text: str) -> Length:
    days = duration_range(text)
    if text in DURATIONS or days is None:
        return Length(days, text if days else "")
    word = next(reversed([w for w, span in DURATIONS.items() if days.least >= span.least]))
    return Length(days, word)


def _currency_code(text: str) -> str:
    code = text.upper().strip()
    if code in CODES:
        return code
    if text in SYMBOLS:
        return SYMBOLS[text]
    raise CellProblem(f"expected the code of a currency such as EUR, found {text[:40]!r}")


_READERS: dict[str, Callable[[str], str]] = {
    "kind": kind_word,
    "experience_level": level_word,
    "workload": workload_word,
    "client_payment_verified": verified_word,
    "proposals_tier": tier_word,
    "paid_per": period_word,
    "currency": _currency_code,
    "usd_per_unit": lambda text: number_word(number_of(text)),
}


def constant(name: str, value: str, mapping: ColumnMap, currency: str) -> list[Any]:
    if name in LONG:
        return [value]
    (read,) = column_reader(name, mapping, currency).values([value])
    if isinstance(read, CellProblem):
        raise TableUnreadable(f"the mapping's [values] {name}: {read}")
    return [read]
