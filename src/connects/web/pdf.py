"""Pages to keep: a title and a table as a PDF, with every name as it is written.

Lines are shaped, so that Arabic letters join, Devanagari ones form their conjuncts, and what is written
from right to left stands so. A character that no font here has is printed as a replacement sign, and the
document says where it can be read whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from fpdf import FPDF
from fpdf.fonts import FontFace, TTFFont

from connects.web.fonts import (
    REPLACEMENT,
    SHIPPED,
    SHIPPED_BOLD,
    fonts_for,
    shipped_characters,
)
from connects.wording.languages import language
from connects.wording.messages import gettext as _

_log = structlog.get_logger()

MARGIN = 20
LABEL_WIDTH = 110
FAMILY = "shipped"


@dataclass(frozen=True, slots=True)
class Lines:
    """A long table below the rows, with its heads on each page; `widths` of columns are millimetres.

    The last `numbers` columns are figures. The last row is the sum.
    """

    widths: tuple[int, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int

    def changed(self, change: Callable[[str], str]) -> Lines:
        """The same table with each of its texts changed."""
        rows = tuple(tuple(map(change, row)) for row in self.rows)
        return replace(self, heads=tuple(map(change, self.heads)), rows=rows)

    @property
    def alignments(self) -> tuple[str, ...]:
        """How each column stands."""
        words = len(self.widths) - self.numbers
        return ("LEFT",) * words + ("RIGHT",) * self.numbers


def table_pdf(
    title: str,
    notes: Iterable[str],
    rows: Iterable[tuple[str, str]],
    whole_at: str,
    lines: Lines | None = None,
) -> bytes:
    """These rows, and the lines below them; `whole_at` is the address of the page that says the same."""
    sheet = _Sheet(
        _printable(title),
        tuple(map(_printable, notes)),
        tuple((_printable(label), _printable(value)) for label, value in rows),
        None if lines is None else lines.changed(_printable),
    )
    choice = fonts_for(sheet.texts())
    try:
        return _drawn(_with_note(sheet, choice.missing, whole_at), choice.fonts)
    except Exception:  # whatever a font from elsewhere does, a receipt is printed
        if not choice.fonts:
            raise
        _log.exception("a font cannot be used", fonts=[str(path) for path in choice.fonts])
        unprinted = choice.missing | frozenset("".join(sheet.texts())) - shipped_characters()
        return _drawn(_with_note(sheet, unprinted, whole_at), ())


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on the page."""

    title: str
    notes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    lines: Lines | None = None

    def texts(self) -> tuple[str, ...]:
        lines = () if self.lines is None else (self.lines.heads, *self.lines.rows)
        cells = (text for row in (*self.rows, *lines) for text in row)
        return (self.title, *self.notes, *cells)


def _with_note(sheet: _Sheet, missing: frozenset[str], whole_at: str) -> _Sheet:
    """The sheet with a sign for each character that no font has, and a note on where it is whole."""
    if not missing:
        return sheet
    signs = str.maketrans(dict.fromkeys(missing, REPLACEMENT))
    note = _(
        "Some characters of this document could not be printed ({sign}). The page {page} shows it"
        " whole.",
        sign=REPLACEMENT,
        page=whole_at,
    )
    return _Sheet(
        sheet.title.translate(signs),
        (*(text.translate(signs) for text in sheet.notes), note),
        tuple((label.translate(signs), value.translate(signs)) for label, value in sheet.rows),
        None if sheet.lines is None else sheet.lines.changed(lambda text: text.translate(signs)),
    )


def _drawn(sheet: _Sheet, further: tuple[Path, ...]) -> bytes:
    paper = _Numbered(format="A4") if sheet.lines else FPDF(format="A4")
    try:
        _prepare(paper, sheet.title, further)
        _draw(paper, sheet)
        return bytes(paper.output())
    finally:
        for font in paper.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()  # the library leaves its file open


def _draw(paper: FPDF, sheet: _Sheet) -> None:
    paper.set_font(FAMILY, "B", 16)
    paper.multi_cell(0, 10, sheet.title, align="L", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, "", 10)
    for note in sheet.notes:
        paper.multi_cell(0, 6, note, align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    paper.set_font(FAMILY, "", 11)
    for label, value in sheet.rows:
        paper.cell(LABEL_WIDTH, 8, label, border="B")
        paper.cell(0, 8, value, border="B", align="R", new_x="LMARGIN", new_y="NEXT")
    if sheet.lines is not None:
        _draw_lines(paper, sheet.lines)


def _draw_lines(paper: FPDF, lines: Lines) -> None:
    paper.ln(8)
    paper.set_font(FAMILY, "", 9)
    bold = FontFace(emphasis="BOLD")
    with paper.table(
        col_widths=lines.widths,
        text_align=lines.alignments,
        borders_layout="HORIZONTAL_LINES",
        headings_style=bold,
        line_height=5,
    ) as table:
        table.row(lines.heads)
        for row in lines.rows[:-1]:
            table.row(row)
        table.row(lines.rows[-1], style=bold)


class _Numbered(FPDF):
    """A document of several pages, each of which says which it is."""

    def footer(self) -> None:
        """Write the page's number, of how many."""
        self.set_y(-15)
        self.set_font(FAMILY, "", 9)
        # The library puts the number of pages, which nobody knows yet, where its sign stands.
        self.cell(0, 8, _("Page {page} of {pages}", page=self.page_no(), pages="{nb}"), align="R")


def _printable(text: str) -> str:
    """A line with all blanks alike, and without control characters, of which old rows may hold some."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return _in_order("".join(" " if unicodedata.category(c) == "Zs" else c for c in kept))


_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_BEFORE_NUMBER = re.compile(rf"(?<=[{_FROM_RIGHT}])(?=\W+\d[\d\W]*+(?![{_FROM_RIGHT}]))")
_TO_RIGHT = "\u200e"


def _in_order(text: str) -> str:
    """Keep a number that stands behind a name from right to left from being drawn into it.

    That holds where the line itself runs to the right; a mark that is not printed says so.
    """
    ways = (unicodedata.bidirectional(c) for c in text)
    runs = next((way for way in ways if way in ("L", "R", "AL")), "")
    return _BEFORE_NUMBER.sub(_TO_RIGHT, text) if runs == "L" else text


def _prepare(paper: FPDF, title: str, further: tuple[Path, ...]) -> None:
    """Make an empty page with the fonts that it needs."""
    paper.set_margin(MARGIN)
    paper.set_title(title)
    paper.set_lang(language())
    paper.add_font(FAMILY, "", SHIPPED)
    paper.add_font(FAMILY, "B", SHIPPED_BOLD)
    names = [f"further{number}" for number in range(len(further))]
    for name, file in zip(names, further, strict=True):
        paper.add_font(name, "", file)
    paper.set_fallback_fonts([FAMILY, *names], exact_match=False)
    paper.set_text_shaping(use_shaping_engine=True)
    paper.add_page()
