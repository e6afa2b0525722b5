"""A report as one HTML file: no script, nothing fetched, tables beside all plots, made to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from connects.wording.figures import kept_together

NARROW = 3
"""Tables of so many columns are as wide as what they say; others fill the page."""

STYLE = """
:root { color-scheme: light dark; --ink: #16211f; --quiet: #52605d; --paper: #fff; --line: #d6dedb; }
body { margin: 2rem auto; max-width: 84rem; padding: 0 1.5rem; font: 16px/1.55 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
h1, h2, h3 { line-height: 1.25; } p { max-width: 50rem; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
svg { display: block; width: 100%; min-width: 36rem; max-width: 56rem; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } .wide { min-width: 100%; }
th, td { padding: .3rem 1rem .3rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; max-width: 9rem; } tbody th { min-width: 8rem; }
.number { text-align: right; } td.number { white-space: nowrap; }
.words { min-width: 14rem; overflow-wrap: anywhere; } .scroll { overflow-x: auto; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8efec; --quiet: #a9b6b1; --paper: #101816; --line: #34413d; }
}
@media screen and (max-width: 40rem) {
  body { padding: 0 1rem; } th, td { padding-right: .6rem; font-size: .9rem; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide, .wide tbody, .wide tr, .wide th { display: block; } .wide { min-width: 0; }
  .wide tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .wide td { display: flex; justify-content: space-between; gap: 1rem; white-space: normal;
    overflow-wrap: anywhere; }
  .wide tbody th, .wide td { border: 0; padding: .1rem 0; }
  .wide td::before { content: attr(data-label); color: var(--quiet); text-align: left; flex: none;
    max-width: 60%; }
  .wide td.words { display: block; } .wide td.words::before { display: block; max-width: none; }
}
@page { margin: 14mm; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  p { max-width: none; } .scroll { overflow: visible; } svg { min-width: 0; max-width: 100%; }
  th, td { padding-right: .4rem; font-size: 8.5pt; } td.number { white-space: normal; }
  .words { min-width: 0; }
  h2, h3 { break-after: avoid; } svg, tr { break-inside: avoid; } thead { display: table-header-group; }
}
"""


def page(title: str, body: Sequence[str]) -> str:
    """The whole file."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1>{''.join(body)}</main></body></html>\n"
    )


def heading(words: str, level: int = 2) -> str:
    return f"<h{level}>{escape(words)}</h{level}>"


def paragraph(words: str, *, quiet: bool = False) -> str:
    return f"<p{' class=quiet' if quiet else ''}>{escape(kept_together(words))}</p>"


def figure(name: str, drawn: str) -> str:
    """A plot that scrolls sideways where the screen is narrow, so that its words can still be read."""
    return _scrolling(f"{name}: plot", drawn) if drawn else ""


def _scrolling(name: str, inside: str) -> str:
    """A part that scrolls by itself, under a name that no other part of the page has."""
    return (
        f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">{inside}</div>'
    )


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: Sequence[str] = (),
) -> str:
    """A table whose first column names its rows; the columns `words` hold text that wraps, all others
    numbers. On a phone each row of a wide one is a card, so that no figure is off the screen.
    """
    kinds = ["words" if column in words else "number" for column in columns]
    head = "".join(
        f'<th scope="col"{f" class={kind}" if place else ""}>{escape(kept_together(column))}</th>'
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True))
    )
    wide = " class=wide" if len(columns) > NARROW else ""
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td class={kind} data-label="{escape(column)}">{escape(kept_together(cell))}</td>'
            for cell, kind, column in zip(row[1:], kinds[1:], columns[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return _scrolling(
        caption, f"<table{wide}><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )
