"""Kinds of posts with their shares: a market draws its posts from them, and each is priced once."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from connects.policy.terms import RuleBook
from connects.pricing.yardstick import Yardstick
from connects.vocabulary.documents import document_text
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

DURATIONS: dict[str, Range | None] = {
    "": None,
    "lt_1m": UNDER_ONE_MONTH,
    "1_3m": ONE_TO_THREE_MONTHS,
    "3_6m": THREE_TO_SIX_MONTHS,
    "gt_6m": OVER_SIX_MONTHS,
}
WORKLOADS: dict[str, Range | None] = {
    "": None,
    "lt_30": UNDER_THIRTY_HOURS,
    "30_plus": THIRTY_HOURS_OR_MORE,
}
LEVELS = {Level.ENTRY: -0.7, Level.INTERMEDIATE: 0.0, Level.EXPERT: 0.7}
"""The skill that a level asks for, in standard deviations around the mean."""


COLUMNS = ("kind", "dollars", "duration", "workload", "level", "share_per_10000")
WORDS: dict[str, tuple[str, ...]] = {
    "kind": tuple(JobKind),
    "duration": tuple(DURATIONS),
    "workload": tuple(WORKLOADS),
    "level": ("", *Level),
}
"""What these columns of a table may say."""
NUMBER_MOST = 1e9


@dataclass(frozen=True, slots=True)
class KindOfPost:
    """One kind: its facts, its weight, what it is worth, how many days it lasts, the level wanted."""

    facts: JobFacts
    weight: float
    dollars: float = 0.0
    days: int = 14
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class Posts:
    """All kinds of posts of a market, with weights that add up to 1."""

    kinds: tuple[KindOfPost, ...]

    def valued_by(self, book: RuleBook) -> Posts:
        """The same, each worth what that rule book projects: one yardstick for every arm."""
        yardstick = Yardstick(book)
        return Posts(
            tuple(
                replace(kind, dollars=yardstick.value_cents(kind.facts) / 100)
                for kind in self.kinds
            )
        )


@cache
def read_posts(name: str, verified_percent: int) -> Posts:
    """The kinds of posts of a table that ships, or of a CSV file; each once for verified clients, once
    for others.
    """
    rows = list(csv.DictReader(_text(name).splitlines()))
    _check(rows)
    total = sum(float(row["share_per_10000"]) for row in rows)
    kinds = []
    for row in rows:
        for verified, percent in ((True, verified_percent), (False, 100 - verified_percent)):
            weight = float(row["share_per_10000"]) / total * percent / 100
            if weight:
                kinds.append(_kind(row, weight, verified=verified))
    return Posts(tuple(kinds))


def _check(rows: list[dict[str, str]]) -> None:
    """Raise ValueError, with words, for a table from which no post can be drawn."""
    if not rows or any(row.get(name) is None for row in rows for name in COLUMNS):
        raise ValueError(f"expected rows with the columns {', '.join(COLUMNS)}")
    for number, row in enumerate(rows, 2):
        for name in ("share_per_10000", "dollars"):
            told = row[name] or "0"
            if not 0 <= _number(told) <= NUMBER_MOST:
                raise ValueError(f"row {number}, {name}: expected a number from 0, found {told}")
        for name, words in WORDS.items():
            if row[name] not in words:
                known = ", ".join(word or "nothing" for word in words)
                raise ValueError(f"row {number}, {name}: expected {known}, found {row[name]!r}")
    if not any(_number(row["share_per_10000"]) for row in rows):
        raise ValueError("expected a share_per_10000 that is more than 0")


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return float("nan")


def _text(name: str) -> str:
    if name.endswith(".csv"):
        return document_text(Path(name))
    return files("connects.lab.population").joinpath(f"{name}.csv").read_text(encoding="utf-8")


def _kind(row: dict[str, str], weight: float, *, verified: bool) -> KindOfPost:
    cents = round(float(row["dollars"]) * 100) if row["dollars"] else None
    fixed = row["kind"] == "fixed"
    level = Level(row["level"]) if row["level"] else None
    duration = DURATIONS[row["duration"]]
    facts = JobFacts(
        kind=JobKind(row["kind"]),
        budget_cents=cents if fixed else None,
        hourly_min_cents=None if fixed else cents,
        hourly_max_cents=None if fixed else cents,
        duration_days=duration,
        hours_per_week=WORKLOADS[row["workload"]],
        level=level,
        client_payment_verified=verified,
    )
    days = 14 if duration is None else min(max(duration.least, 10), 90)
    return KindOfPost(facts, weight, days=days, level=LEVELS[level] if level else 0.0)
