"""Marks of what was posted, for those who pass it on: one row for each write, in the write's transaction.

A mark names wallets and the numbers of their new lines; the lines themselves are read from the journal
when they are published. So passing on costs a post one short row, however many lines it writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from connects.journal.port import EntryId


class Span(NamedTuple):
    """Lines of a wallet, from the first to the last number."""

    wallet: int
    first: int
    last: int

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


def spans_text(entries: Iterable[EntryId]) -> str:
    """The mark of entries; those of one wallet stand together, in the order of their numbers."""
    spans = []
    wallet = first = last = 0
    for of, number in entries:
        if of == wallet and number == last + 1:
            last = number
            continue
        if first:
            spans.append(f"{wallet},{first},{last}")
        wallet, first, last = of, number, number
    spans.append(f"{wallet},{first},{last}")
    return ";".join(spans)


def spans_of(text: str) -> list[Span]:
    """What a mark names."""
    return [Span(*map(int, each.split(","))) for each in text.split(";")]
