"""Plots as SVG, without scripts or styles of their own. A table beside each says the same in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720
ROW = 24
LABELS = 190
MARGIN = 70
INK, ACCENT, LINE = "currentColor", "#0b5d54", "#8b9793"
# Three to one, at least, on white as on black.
COLOURS = (
    *("#0d9488", "#d97706", "#3b82f6", "#dc2626"),
    *("#8b5cf6", "#78716c", "#0891b2", "#a16207"),
)
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "12 4", "4 4", "10 2 2 2")


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled number, with the ends of its interval where it has one; `words` stand beside it."""

    label: str
    number: float
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A named row of points (x, y), x rising."""

    name: str
    points: Sequence[tuple[float, float]]


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars under one another, scaled to the longest."""
    longest = max((max(row.number, row.high or 0.0) for row in rows), default=0.0) or 1.0
    scale = (WIDTH - LABELS - MARGIN) / longest
    drawn = [_open(title, len(rows) * ROW + 8)]
    for place, row in enumerate(rows):
        top = place * ROW + 4
        drawn.append(_text(LABELS - 8, top + 15, row.label[:30], "end"))
        drawn.append(
            f'<rect x="{LABELS}" y="{top + 3}" width="{max(row.number * scale, 1):.1f}"'
            f' height="{ROW - 8}" fill="{ACCENT}"/>'
        )
        end = row.number
        if row.low is not None and row.high is not None:
            y, end = top + ROW / 2 - 1, max(row.high, row.number)
            drawn.append(
                f'<path d="M{LABELS + row.low * scale:.1f} {y}H{LABELS + row.high * scale:.1f}"'
                f' stroke="{INK}" stroke-width="2"/>'
            )
        drawn.append(_text(LABELS + end * scale + 6, top + 15, row.words, "start"))
    return "".join([*drawn, "</svg>"])


def lines(
    title: str, rows: Sequence[Line], x_words: tuple[str, str], y_name: str, height: int = 260
) -> str:
    """Lines over one another, told apart by colour, dashes and a name at their end.

    `x_words` name the first and the last x.
    """
    points = [point for row in rows for point in row.points]
    if not points:
        return ""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x_first, x_span = min(xs), (max(xs) - min(xs)) or 1.0
    y_most = max(ys) or 1.0
    left, right, bottom = 56, WIDTH - 150, height - 28

    def place(x: float, y: float) -> tuple[float, float]:
        across = left + (x - x_first) / x_span * (right - left)
        return across, bottom - max(y, 0.0) / y_most * (bottom - 18)

    drawn = [_open(title, height)]
    drawn.append(f'<path d="M{left} 12V{bottom}H{right}" fill="none" stroke="{LINE}"/>')
    drawn.append(_text(left - 6, 20, f"{y_most:,.3g}", "end"))
    drawn.append(_text(left - 6, bottom + 4, "0", "end"))
    drawn.append(_text(left, height - 8, x_words[0], "start"))
    drawn.append(_text(right, height - 8, x_words[1], "end"))
    drawn.append(_text(left + 8, 14, y_name, "start"))
    taken: list[float] = []
    for number, row in enumerate(rows):
        drawn += _line(row, number, place, right, taken)
    return "".join([*drawn, "</svg>"])


def _line(
    row: Line,
    number: int,
    place: Callable[[float, float], tuple[float, float]],
    right: float,
    taken: list[float],
) -> list[str]:
    if not row.points:
        return []
    colour, dashes = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    places = [place(x, y) for x, y in row.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in places]
    name_y = places[-1][1] + 4
    while any(abs(name_y - other) < 14 for other in taken):
        name_y += 7
    taken.append(name_y)
    return [
        _stroke(path, colour, dashes),
        *(dots if len(dots) <= 40 else dots[-1:]),
        _text(right + 8, name_y, row.name[:22], "start"),
    ]


def _open(title: str, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{escape(title)}; the table below has the numbers"'
        ' font-family="system-ui, sans-serif" font-size="13">'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'
    )


def _stroke(path: str, colour: str, dashes: str) -> str:
    return (
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"'
        f' stroke-dasharray="{dashes}"/>'
    )
