"""Bars for a page without scripts: their geometry, for a template to draw as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH = 640
ROW = 44
LABELS = 90


@dataclass(frozen=True, slots=True)
class Bar:
    """One pair of bars: before and after, with their lengths in pixels."""

    label: str
    y: int
    before: int
    after: int
    before_width: int
    after_width: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Pairs of bars under one another. The table beside the chart says the same in numbers."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    x: int = LABELS


def pairs_of_bars(rows: Sequence[tuple[str, int, int]]) -> BarChart:
    """A chart of labelled pairs, scaled to the longest bar."""
    longest = max((max(before, after) for _, before, after in rows), default=0) or 1
    room = WIDTH - LABELS - 70
    bars = tuple(
        Bar(label, place * ROW, before, after, room * before // longest, room * after // longest)
        for place, (label, before, after) in enumerate(rows)
    )
    return BarChart(bars, WIDTH, max(len(rows), 1) * ROW)


def spark(values: Sequence[int], width: int = 120, height: int = 34) -> str:
    """The points of a line through values, from left to right; the figure beside it says the last."""
    if len(values) < 2:
        return ""
    least, most = min(values), max(values)
    room, step = height - 6, width / (len(values) - 1)
    return " ".join(
        f"{place * step:.1f},{height - 3 - (room * (value - least) / ((most - least) or 1)):.1f}"
        for place, value in enumerate(values)
    )


BALANCE_WIDTH, BALANCE_HEIGHT = 560, 120


def balance_line(points: Sequence[tuple[datetime, int]]) -> str:
    """The corners of a line through balances, oldest first: it stays level until the next change."""
    if len(points) < 2 or points[0][0] == points[-1][0]:
        return ""
    begun, whole = points[0][0], points[-1][0] - points[0][0]
    most = max(balance for _, balance in points) or 1
    corners: list[str] = []
    level = ""
    for moment, balance in points:
        x = f"{BALANCE_WIDTH * ((moment - begun) / whole):.1f}"
        if level:
            corners.append(f"{x},{level}")
        level = f"{BALANCE_HEIGHT - (BALANCE_HEIGHT - 4) * balance / most:.1f}"
        corners.append(f"{x},{level}")
    return " ".join(corners)
