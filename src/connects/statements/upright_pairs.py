"""Upright pairs of bars for a page without scripts: their geometry, for a template to draw as SVG.

The table below the chart says the same in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
FLOOR = 120
TOP = 16
WIDEST = 24
_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class UprightPair:
    """Two bars beside one another, with their places in pixels, and what stands below them."""

    label: str
    first: int
    second: int
    x: int
    width: int
    first_y: int
    second_y: int

    @property
    def first_height(self) -> int:
        return FLOOR - self.first_y

    @property
    def second_height(self) -> int:
        return FLOOR - self.second_y

    @property
    def second_x(self) -> int:
        return self.width + _BETWEEN

    @property
    def middle(self) -> int:
        return self.width + _BETWEEN // 2


def upright_pairs(rows: Sequence[tuple[str, int, int]]) -> tuple[UprightPair, ...]:
    """A chart of labelled pairs from left to right, scaled to the longest bar."""
    longest = max((max(first, second) for _, first, second in rows), default=0) or 1
    step = WIDTH // max(len(rows), 1)
    width = min(step // 3, WIDEST)
    return tuple(
        UprightPair(
            label,
            first,
            second,
            x=place * step + (step - 2 * width - _BETWEEN) // 2,
            width=width,
            first_y=FLOOR - (FLOOR - TOP) * first // longest,
            second_y=FLOOR - (FLOOR - TOP) * second // longest,
        )
        for place, (label, first, second) in enumerate(rows)
    )
