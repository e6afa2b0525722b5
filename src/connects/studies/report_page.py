"""A report as one HTML file: no script, nothing fetched, tables beside all plots."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

STYLE = """
body { margin: 2rem auto; max-width: 56rem; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif;
  color: #16211f; background: #fff; }
h1, h2, h3 { line-height: 1.25; } .quiet { color: #52605d; } svg { width: 100%; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { white-space: nowrap; padding: .3rem .8rem .3rem 0; text-align: left;
  border-bottom: 1px solid #d6dedb; }
.number { text-align: right; } .scroll { overflow-x: auto; }
"""


def page(title: str, body: Sequence[str]) -> str:
    """The whole file."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1>{''.join(body)}</body></html>\n"
    )


def heading(words: str, level: int = 2) -> str:
    return f"<h{level}>{escape(words)}</h{level}>"


def paragraph(words: str, *, quiet: bool = False) -> str:
    return f"<p{' class=quiet' if quiet else ''}>{escape(words)}</p>"


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column names its rows; all others hold numbers."""
    head = "".join(
        f'<th scope="col"{" class=number" if place else ""}>{escape(column)}</th>'
        for place, column in enumerate(columns)
    )
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td class=number>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
