"""Pages to keep: a title and a table as a PDF."""

from __future__ import annotations

from collections.abc import Iterable

from fpdf import FPDF

MARGIN = 20
LABEL_WIDTH = 110


def table_pdf(title: str, notes: Iterable[str], rows: Iterable[tuple[str, str]]) -> bytes:
    """One page with these rows; characters that the built-in font lacks become question marks."""
    paper = FPDF(format="A4")
    paper.set_margin(MARGIN)
    paper.set_title(_plain(title))
    paper.set_lang("en")
    paper.add_page()
    paper.set_font("Helvetica", "B", 16)
    paper.multi_cell(0, 10, _plain(title), new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Helvetica", "", 10)
    for note in notes:
        paper.multi_cell(0, 6, _plain(note), new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    paper.set_font("Helvetica", "", 11)
    for label, value in rows:
        paper.cell(LABEL_WIDTH, 8, _plain(label), border="B")
        paper.cell(0, 8, _plain(value), border="B", align="R", new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def _plain(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")
