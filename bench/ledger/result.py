"""What a measurement says."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was written how fast: the median, the slowest and fastest round, and the share of bare."""

    name: str
    batch: int
    per_second: int
    of_bare: float
    spread: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rate:
    """Something done by so many callers at once: how often a second, and the slowest and fastest."""

    name: str
    callers: int
    per_second: int
    spread: tuple[int, int]


def rounded(rates: Sequence[float]) -> int:
    """The median, as a whole number."""
    return round(statistics.median(rates))


def rate(name: str, callers: int, found: Sequence[float]) -> Rate:
    """The rate that several rounds found."""
    return Rate(name, callers, rounded(found), (round(min(found)), round(max(found))))
