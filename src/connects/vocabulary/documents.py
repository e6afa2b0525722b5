"""Read foreign documents (TOML, JSON) within bounds, and quote a text for TOML.

The libraries answer most bad texts with an error of their own, and a few with an unexpected one:
brackets nested deeper than the stack, a number of more digits than Python reads. Here each of these is
`Unreadable`, with words.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEPTH_MOST = 64
BYTES_MOST = 1_000_000


Place = tuple[int | str, ...]
"""The keys, and numbers in lists, that lead to a value."""


class Unreadable(ValueError):
    """A document that cannot be read; the text says why, and `place` where in it, if that is known."""

    def __init__(self, why: str, place: Place = ()) -> None:
        super().__init__(why)
        self.place = place


def document_text(path: Path, most: int = BYTES_MOST) -> str:
    """A file's text, without the byte order mark that some editors begin it with.

    Raises Unreadable for a file that is too large, not UTF-8, or not there to be read.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise Unreadable(f"more than {most:,} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"a file that is not UTF-8: {error}") from error
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__) from error
    except ValueError as error:  # a path with a NUL
        raise error if isinstance(error, Unreadable) else Unreadable(str(error)) from error


def toml_tables(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """A TOML text as tables. Raises Unreadable."""
    try:
        tables = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(str(error)) from error
    except RecursionError as error:
        raise Unreadable(_TOO_DEEP) from error
    except (ValueError, ArithmeticError) as error:  # more digits than Python reads
        line = next((n for n, row in enumerate(text.splitlines(), 1) if _LONG.search(row)), None)
        where = "" if line is None else f" (at line {line})"
        raise Unreadable(f"a number of too many digits{where}") from error
    _check_bounds(tables)
    return tables


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise Unreadable("a field is there twice")
    return fields


def toml_string(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def json_value(body: bytes | str, *, once: bool = False) -> Any:
    """A JSON text as Python's values. Raises Unreadable.

    With `once`, no field may be there twice: which one would count?
    """
    try:
        value = json.loads(body, object_pairs_hook=_each_once if once else None)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(_TOO_DEEP) from error
    except ValueError as error:
        raise Unreadable("no JSON") from error
    _check_bounds(value)
    return value


_TOO_DEEP = f"brackets nested deeper than {DEPTH_MOST}"
_NUMBER_MOST = 10**18
_LONG = re.compile(r"\d[\d_]{999}")


def _check_bounds(value: object) -> None:
    """Raise Unreadable for what is nested too deeply, and for whole numbers beyond any use.

    TOML's hexadecimal numbers know no limit of digits, and Python cannot even print such a number.
    """
    level = [value]
    for _ in range(DEPTH_MOST):
        if any(isinstance(item, int) and abs(item) > _NUMBER_MOST for item in level):
            raise Unreadable("a number beyond 10^18", _place_beyond(value))
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise Unreadable(_TOO_DEEP)


def _place_beyond(value: object) -> Place:
    """Where the first number beyond any use is."""
    level: list[tuple[Place, object]] = [((), value)]
    for place, item in level:  # grows while it is read
        if isinstance(item, int) and abs(item) > _NUMBER_MOST:
            return place
        if isinstance(item, dict | list):
            pairs = item.items() if isinstance(item, dict) else enumerate(item)
            level += [((*place, key), inner) for key, inner in pairs]
    return ()
