"""Rows of a table of job posts, as the facts that the rules are told.

The columns are those of a public table of posts: `job_id`, `kind`, `budget_usd`, `hourly_min`,
`hourly_max`, `hourly_mid`, `duration`, `workload`, `experience_level`, `category`,
`client_payment_verified`,
`description_chars`. Only the first two must be there; an empty cell is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    JobFacts,
    JobKind,
    Level,
    Range,
)
from connects.vocabulary.typed_input import whole_number

NEEDED = ("job_id", "kind")
CELL_CHARACTERS_MOST = 1_000
TEXT_CHARACTERS_MOST = 50_000
TEXTS = ("title", "description")

_DURATIONS: dict[str, Range | None] = {
    "": None,
    "lt_1m": UNDER_ONE_MONTH,
    "1_3m": ONE_TO_THREE_MONTHS,
    "3_6m": THREE_TO_SIX_MONTHS,
    "gt_6m": OVER_SIX_MONTHS,
}
_WORKLOADS: dict[str, Range | None] = {
    "": None,
    "lt_30": UNDER_THIRTY_HOURS,
    "30_plus": THIRTY_HOURS_OR_MORE,
    "tbd": None,
    "not_sure": None,
}
_VERIFIED: dict[str, bool | None] = {"": None, "0": False, "1": True}


Word = TypeVar("Word")


class RowProblem(ValueError):
    """A row that cannot be read: the column, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A post of the table, with what the comparison groups by."""

    job_id: str
    source: str
    facts: JobFacts


def read_row(cells: Mapping[str, str]) -> JobRow:
    """The facts of one row. Raises RowProblem naming the first column that cannot be read."""
    for name, cell in cells.items():
        longest = TEXT_CHARACTERS_MOST if name in TEXTS else CELL_CHARACTERS_MOST
        if len(cell) > longest:
            raise RowProblem(f"{name}: longer than {longest} characters")
        if "\0" in cell:
            raise RowProblem(f"{name}: holds a NUL character")
    if not cells["job_id"].strip():
        raise RowProblem("job_id: empty")
    middle = _cents(cells, "hourly_mid")
    least, most = _cents(cells, "hourly_min"), _cents(cells, "hourly_max")
    if least is None and most is None:
        least = most = middle
    kind = cells["kind"].strip()
    if kind not in set(JobKind):
        raise RowProblem(f"kind: expected fixed or hourly, found {kind[:40]!r}")
    facts = JobFacts(
        kind=JobKind(kind),
        budget_cents=_cents(cells, "budget_usd"),
        hourly_min_cents=least,
        hourly_max_cents=most,
        duration_days=_word(cells, "duration", _DURATIONS),
        hours_per_week=_word(cells, "workload", _WORKLOADS),
        level=_level(cells),
        category=cells.get("category", "").strip() or None,
        client_payment_verified=_word(cells, "client_payment_verified", _VERIFIED),
        description_characters=_characters(cells),
    )
    return JobRow(cells["job_id"].strip(), cells.get("source", "").strip(), facts)


def _cents(cells: Mapping[str, str], name: str) -> Cents | None:
    text = cells.get(name, "").strip()
    if not text:
        return None
    try:
        amount = Decimal(text)
        if not amount.is_finite() or abs(amount) > Decimal(10) ** 15:
            raise RowProblem(f"{name}: not a plain amount")
    except InvalidOperation as error:
        raise RowProblem(f"{name}: expected a number, found {text[:40]!r}") from error
    return int((amount * 100).to_integral_value())


def _word(cells: Mapping[str, str], name: str, words: Mapping[str, Word | None]) -> Word | None:
    text = cells.get(name, "").strip()
    if text not in words:
        known = ", ".join(word for word in words if word)
        raise RowProblem(f"{name}: expected one of {known}, found {text[:40]!r}")
    return words[text]


def _characters(cells: Mapping[str, str]) -> int | None:
    """The text's length; a cell that is no whole number is not known."""
    return whole_number(cells.get("description_chars", ""))


def _level(cells: Mapping[str, str]) -> Level | None:
    text = cells.get("experience_level", "").strip()
    if not text:
        return None
    if text not in set(Level):
        raise RowProblem(f"experience_level: expected {', '.join(Level)}, found {text[:40]!r}")
    return Level(text)
