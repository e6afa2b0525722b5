"""Plots as SVG, without scripts or styles of their own. A table beside each says the same in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from connects.studies.axes import mark_text, marks
from connects.wording.messages import gettext as _

WIDTH = 720
ROW = 26
LETTER = 7.2
"""What a letter of a label takes, on average."""
LONGEST_LABEL, LONGEST_LINE_NAME = 30, 20
MARGIN = 70
AXIS = 40
FIRST_ROOM, LAST_ROOM = 110, 60
"""What the words at the two ends of an axis take."""
INK, ACCENT, LINE = "currentColor", "#0b8a7d", "#8b9793"
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


def bars(title: str, rows: Sequence[Bar], unit: str = "") -> str:
    """Horizontal bars under one another, from 0 to the longest, above an axis with marks in `unit`.

    The thin line under a bar is its interval.
    """
    longest = max((max(row.number, row.high or 0.0) for row in rows), default=0.0) or 1.0
    ticks = marks(0, longest)
    labels = [shortened(row.label, LONGEST_LABEL) for row in rows]
    left = 16 + LETTER * max(map(len, labels), default=0)
    scale = (WIDTH - left - MARGIN) / max(longest, ticks[-1])
    bottom = len(rows) * ROW + 4
    drawn = [opened(title, bottom + AXIS)]
    for tick in ticks:
        x = left + tick * scale
        drawn.append(f'<path d="M{x:.1f} 2V{bottom + 4}" stroke="{LINE}" stroke-width="0.5"/>')
        drawn.append(text(x, bottom + 18, mark_text(tick), "middle"))
    if unit:
        drawn.append(text(WIDTH - MARGIN, bottom + 34, unit, "end"))
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        top = place * ROW + 4
        drawn += [text(left - 8, top + 14, label, "end"), *_bar(row, top, left, scale)]
    return "".join([*drawn, "</svg>"])


def _bar(row: Bar, top: float, left: float, scale: float) -> list[str]:
    drawn = [_rect(left, top + 3, max(row.number * scale, 1))]
    end = row.number
    if row.low is not None and row.high is not None:
        y, end = top + ROW - 8, max(row.high, row.number)
        low, high = left + row.low * scale, left + row.high * scale
        drawn.append(
            f'<path d="M{low:.1f} {y - 3}v6M{low:.1f} {y}H{high:.1f}M{high:.1f} {y - 3}v6"'
            f' fill="none" stroke="{INK}" stroke-width="1.5"/>'
        )
    return [*drawn, text(left + end * scale + 6, top + 14, row.words, "start")]


def lines(
    title: str,
    rows: Sequence[Line],
    x_words: tuple[str, str],
    y_name: str,
    *,
    from_zero: bool = True,
    x_marks: Sequence[float] = (),
) -> str:
    """Lines over one another, told apart by colour, dashes and a name at their end.

    `x_words` name the first and the last x, `x_marks` are those between them that have a mark. The
    upright axis begins at 0, or where the points do.
    """
    points = [point for row in rows for point in row.points]
    if not points:
        return ""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x_first, x_span = min(xs), (max(xs) - min(xs)) or 1.0
    ticks = marks(0.0 if from_zero else min(ys), max(ys))
    least, most = ticks[0], ticks[-1]
    height, left, right = 290, 64, WIDTH - 150
    bottom = height - 28

    def place(x: float, y: float) -> tuple[float, float]:
        across = left + (x - x_first) / x_span * (right - left)
        return across, bottom - (max(y, least) - least) / (most - least) * (bottom - 26)

    drawn = [opened(title, height), *_height_marks(ticks, place, x_first, (left, right))]
    drawn.append(f'<path d="M{left} 22V{bottom}H{right}" fill="none" stroke="{LINE}"/>')
    for mark in x_marks:
        x = place(mark, least)[0]
        drawn.append(f'<path d="M{x:.1f} {bottom}v5" stroke="{LINE}"/>')
        if left + FIRST_ROOM <= x <= right - LAST_ROOM:
            drawn.append(text(x, height - 8, mark_text(mark), "middle"))
    drawn.append(text(left, height - 8, x_words[0], "start"))
    drawn.append(text(right, height - 8, x_words[1], "end"))
    drawn.append(text(8, 13, y_name, "start"))
    taken: list[float] = []
    for number, row in enumerate(rows):
        drawn += _line(row, number, place, right, taken)
    return "".join([*drawn, "</svg>"])


Place = Callable[[float, float], tuple[float, float]]


def _height_marks(
    ticks: Sequence[float], place: Place, x: float, ends: tuple[float, float]
) -> list[str]:
    """A thin line and its number at each mark of the upright axis."""
    drawn = []
    for tick in ticks:
        y = place(x, tick)[1]
        drawn.append(
            f'<path d="M{ends[0] - 4} {y:.1f}H{ends[1]}" stroke="{LINE}" stroke-width="0.5"/>'
        )
        drawn.append(text(ends[0] - 8, y + 4, mark_text(tick), "end"))
    return drawn


def _line(row: Line, number: int, place: Place, right: float, taken: list[float]) -> list[str]:
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
        text(right + 8, name_y, shortened(row.name, LONGEST_LINE_NAME), "start"),
    ]


def opened(title: str, height: float) -> str:
    """The beginning of a plot of that height."""
    label = _("{title}; the table below has the numbers", title=title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{escape(label)}"'
        ' font-family="system-ui, sans-serif" font-size="13">'
    )


def shortened(name: str, longest: int) -> str:
    """A name that has its room, with a mark where some of it is left out."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _rect(left: float, top: float, width: float) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{ROW - 14}" fill="{ACCENT}"/>'
    )


def text(x: float, y: float, words: str, anchor: str) -> str:
    """Words at that place, which they begin at, end at, or stand about."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'
    )


def _stroke(path: str, colour: str, dashes: str) -> str:
    return (
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"'
        f' stroke-dasharray="{dashes}"/>'
    )
