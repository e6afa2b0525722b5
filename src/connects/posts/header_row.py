"""Whether a file's first row names its columns at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connects.posts.headers import plain_name
from connects.posts.names import known_name

_NUMBER = re.compile(r"[-+]?[$€£₹]?\s?\d[\d.,' ]*(?:\s?(?:[kKmM%]|/\s?hr?)\+?)?")
_NAME_CHARACTERS_MOST = 60


def is_header(top: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: short texts, no amounts, unlike the cells below."""
    cells = [cell.strip() for cell in top]
    if any(known_name(plain_name(cell)) for cell in cells):
        return True
    looks_like_data = any(
        _NUMBER.fullmatch(cell) or len(cell) > _NAME_CHARACTERS_MOST or cell.startswith(("[", "{"))
        for cell in cells
        if cell
    )
    repeats = any(
        cell and any(len(row) == len(cells) and row[place].strip() == cell for row in rows)
        for place, cell in enumerate(cells)
    )
    return not (looks_like_data or repeats)
