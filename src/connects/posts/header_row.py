"""Which of a file's first rows names its columns, and whether one does at all.

Exports may begin with a title or a date, and spreadsheets with a row of groups over the row of names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from connects.posts.headers import plain_name
from connects.posts.names import known_name, likeness

_NUMBER = re.compile(r"[-+]?[$€£₹]?\s?\d[\d.,' ]*(?:\s?(?:[kKmM%]|/\s?hr?)\+?)?")
_NAME_CHARACTERS_MOST = 60
ROWS_ABOVE_MOST = 10
_SAYS_HOW_IT_PAYS = 6
"""What `likeness` comes to where one of the names is that of a kind or an amount."""


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """The place of the row of names among a file's first rows.

    That is the first row, unless it says nothing of pay, or leaves columns without a name of their own,
    and one of the next rows looks more like names of posts' columns.
    """
    if not rows or not _may_stand_above(rows[0]):
        return 0
    below = [names_at(rows, place) for place in range(1, min(len(rows), ROWS_ABOVE_MOST + 1))]
    worth = [likeness(rows[0])] + [likeness(row) if _are_names(row) else 0 for row in below]
    return max(range(len(worth)), key=lambda place: (worth[place], -place))


def names_at(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The names in a row; together with the group above it where only both say what is meant.

    `Budget` over `Min` and `Max` stands once, over the first of them, or over each. A name that reaches
    over both rows stands in the upper one.
    """
    names = [cell.strip() for cell in rows[place]]
    if place == 0 or len(rows[place - 1]) != len(names):
        return names
    found, group = [], ""
    for name, above in zip(names, rows[place - 1], strict=True):
        group = above.strip() or group
        both = f"{group} {name}" if name else above.strip()
        found.append(both if _is_known(both) and not _is_known(name) else name)
    return found


def _is_known(name: str) -> bool:
    return bool(known_name(plain_name(name)))


def _may_stand_above(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row]
    return likeness(names) < _SAYS_HOW_IT_PAYS or len({*names, ""}) <= len(names)


def _are_names(row: Sequence[str]) -> bool:
    """Whether a row could name columns: two known names or more, one of them of pay, and no amounts."""
    names = [cell.strip() for cell in row]
    return likeness(names) > _SAYS_HOW_IT_PAYS and not any(map(_is_data, names))


def _is_data(cell: str) -> bool:
    return bool(cell) and (
        _NUMBER.fullmatch(cell) is not None
        or len(cell) > _NAME_CHARACTERS_MOST
        or cell.startswith(("[", "{"))
    )


def is_header(top: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: short texts, no amounts, unlike the cells below."""
    cells = [cell.strip() for cell in top]
    if any(map(_is_known, cells)):
        return True
    repeats = any(
        cell and any(len(row) == len(cells) and row[place].strip() == cell for row in rows)
        for place, cell in enumerate(cells)
    )
    return not (repeats or any(map(_is_data, cells)))


def left_out_above(numbers: Sequence[int], unit: str) -> tuple[str, ...]:
    """A remark on the rows over the row of names, by their numbers."""
    if not numbers:
        return ()
    one, last = numbers[0], numbers[-1]
    listed = f"{unit} {one}" if one == last else f"{unit}s {one} to {last}"
    return (f"Above the names of the columns, and left out: {listed}",)
