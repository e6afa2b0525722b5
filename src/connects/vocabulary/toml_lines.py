"""Where in a TOML text a value is written, so that a problem can name its line.

The reader of Python's library keeps no lines. Here only the beginnings of lines are read, for a text
that has been read as TOML already: a line of a long text that looks like a key can mislead, and costs a
reader a glance.
"""

from __future__ import annotations

import re

from connects.vocabulary.documents import Place

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_KEYS})\s*=")


def line_of(text: str, path: Place) -> int | None:
    """The line, from 1, of the value at that path, or else of the innermost of what holds it."""
    table: Place = ()
    latest: dict[Place, int] = {}
    found, depth = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _table(_split(header[2]), latest, is_list=header[1] == "[[")
            here = table
        elif key := _ASSIGNMENT.match(line):
            here = (*table, *_split(key[1]))
        else:
            continue
        shared = min(len(here), len(path))
        if shared > depth and here[:shared] == path[:shared]:
            found, depth = number, shared
    return found


def _split(keys: str) -> list[str]:
    return [key.strip("\"'") for key in re.findall(_KEY, keys)]


def _table(keys: list[str], latest: dict[Place, int], *, is_list: bool) -> Place:
    """A header's path, with the number of the latest table of each list on the way."""
    table: Place = ()
    for place, key in enumerate(keys, 1):
        table = (*table, key)
        if is_list and place == len(keys):
            latest[table] = latest.get(table, -1) + 1
        if table in latest:
            table = (*table, latest[table])
    return table
