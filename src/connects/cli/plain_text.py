"""Paragraphs and tables of figures, as wide as a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

WIDTH = 80


def paragraph(words: str, indent: str = "") -> str:
    """Words broken over lines, those after the first one indented."""
    broken = wrap(
        words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(broken)


def figures_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with the names on the left and figures on the right; a head's words may stand in lines."""
    heads = [words.split("\n") for words in head]
    deep = max(map(len, heads))
    low = [[*[""] * (deep - len(words)), *words] for words in heads]
    above = [[words[line] for words in low] for line in range(deep)]
    widths = [max(len(row[place]) for row in [*above, *rows]) for place in range(len(head))]
    for row in [*above, *rows]:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        yield "  ".join(cells).rstrip()
