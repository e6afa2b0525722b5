"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, fell away or are new."""

    change: Change
    text: str


def text_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: those not new make `before`, those not gone `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.KEPT, "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece(Change.GONE, "".join(old[a:b])))
        if d > c:
            pieces.append(Piece(Change.NEW, "".join(new[c:d])))
    return tuple(pieces)
