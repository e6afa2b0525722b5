"""Differences as dots with their intervals about a line of no difference, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.studies.axes import mark_text, marks
from connects.studies.plots import (
    ACCENT,
    AXIS,
    INK,
    LINE,
    MARGIN,
    ROW,
    WIDTH,
    opened,
    shortened,
    text,
)

LEFT = 264
"""Where the scale begins; names stand before it."""
LONGEST_NAME = 34


@dataclass(frozen=True, slots=True)
class Dot:
    """A named difference, with the ends of its interval where it has one; `words` stand beside it."""

    label: str
    number: float
    words: str
    low: float | None = None
    high: float | None = None


def forest(title: str, rows: Sequence[Dot], unit: str) -> str:
    """The rows under one another, on one scale with marks in `unit`."""
    ends = [end for row in rows for end in (row.number, row.low, row.high) if end is not None]
    if not ends:
        return ""
    ticks = marks(min(*ends, 0.0), max(*ends, 0.0))
    scale = (WIDTH - LEFT - 2 * MARGIN) / (ticks[-1] - ticks[0])
    bottom = len(rows) * ROW + 4

    def across(number: float) -> float:
        return LEFT + (number - ticks[0]) * scale

    drawn = [opened(title, bottom + AXIS)]
    for tick in ticks:
        x, width = across(tick), 1.5 if tick == 0 else 0.5
        drawn.append(f'<path d="M{x:.1f} 2V{bottom + 4}" stroke="{LINE}" stroke-width="{width}"/>')
        drawn.append(text(x, bottom + 18, mark_text(tick), "middle"))
    drawn.append(text(WIDTH - MARGIN, bottom + 34, unit, "end"))
    for place, row in enumerate(rows):
        y = place * ROW + 4 + ROW / 2
        drawn.append(text(LEFT - 8, y + 4, shortened(row.label, LONGEST_NAME), "end"))
        end = across(row.number)
        if row.low is not None and row.high is not None:
            low, high = across(row.low), across(row.high)
            end = max(high, end)
            drawn.append(
                f'<path d="M{low:.1f} {y - 4}v8M{low:.1f} {y}H{high:.1f}M{high:.1f} {y - 4}v8"'
                f' fill="none" stroke="{INK}" stroke-width="1.5"/>'
            )
        drawn.append(f'<circle cx="{across(row.number):.1f}" cy="{y}" r="4.5" fill="{ACCENT}"/>')
        drawn.append(text(end + 8, y + 4, row.words, "start"))
    return "".join([*drawn, "</svg>"])
