"""JSON and JSON Lines: where in the document the posts are, and each of them as one flat row.

What is nested gets a name with dots (`budget.minimum`); a list of words becomes one cell, its items
parted by bars, and a list of things that have names becomes their names. Lists of other things inside of
a post are left out and named. Where several lists of rows could be the posts, or rows hold rows, the
list whose rows look most like posts is taken, and said.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeAlias

from connects.posts.encodings import (
    LINE_BYTES_MOST,
    OVERLONG,
    Encoding,
    encoding_of,
    spoilt,
    text_lines,
)
from connects.posts.json_tables import Row, are_names, holds_rows, named, turned
from connects.posts.names import likeness
from connects.posts.opened import SAMPLE_BYTES
from connects.posts.tables import ROWS_AT_ONCE, Batch, FileSettings, RawTable
from connects.posts.unreadable import TableUnreadable

DOCUMENT_BYTES_MOST = 256_000_000
DEPTH_MOST = 12
LISTS_MOST = 200
TOP = "."
"""Where a document that is one list has its posts."""
COLUMNS_MOST = 2_000
_NAMES_OF_THINGS = ("name", "label", "title", "prefLabel", "pref_label", "value")

_BLANKS = re.compile(r"\s*")

_Numbered: TypeAlias = tuple[int, Row | str]


def is_json(sample: bytes) -> bool:
    """Whether a text begins as JSON does."""
    encoding = encoding_of(sample)
    text = sample[encoding.mark_bytes :].decode(encoding.name, "ignore").lstrip()
    if text.startswith("{"):
        return text[1:].lstrip()[:1] in ('"', "}", "")
    return text.startswith("[") and text[1:].lstrip()[:1] in ("{", "[", "]", '"', "")


def json_table(stream: io.BufferedReader, name: str, settings: FileSettings) -> RawTable:
    """A file of JSON or JSON Lines. Raises TableUnreadable where it holds no list of posts."""
    sample = stream.peek(SAMPLE_BYTES)
    encoding = encoding_of(sample)
    # A whole document often stands on one line, a post never does.
    most = LINE_BYTES_MOST if _has_a_post_a_line(sample, encoding) else DOCUMENT_BYTES_MOST
    lines = text_lines(stream, encoding, most)
    look = [line for line in islice(lines, 2) if line.strip()]
    if _is_row(look[0]) and (len(look) == 1 or _begins_row(look[1])) and not settings.rows:
        whole = _row(look[0]) if len(look) == 1 else {}
        if not any(isinstance(value, dict | list) for value in whole.values()):
            return _lines_table(chain(look, lines), name, encoding)
    return _document_table(chain(look, lines), name, encoding, settings)


def _is_row(line: str) -> bool:
    return isinstance(_row(line), dict) and line.lstrip().startswith("{")


def _begins_row(line: str) -> bool:
    return line.lstrip().startswith(("{", OVERLONG))


def _has_a_post_a_line(sample: bytes, encoding: Encoding) -> bool:
    """Whether the first line is an object and the next one begins another."""
    text = sample[encoding.mark_bytes :].decode(encoding.name, "ignore").lstrip()
    first, _, rest = text.partition("\n")
    return _is_row(first) and _begins_row(rest)


def _row(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _lines_table(lines: Iterator[str], name: str, encoding: Encoding) -> RawTable:
    rows = _rows_of_lines(lines, encoding.name)
    return table_of(rows, name, "line", "JSON Lines", {"encoding": encoding.name})


def _rows_of_lines(lines: Iterator[str], codec: str) -> Iterator[_Numbered]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        problem = spoilt(line, codec)
        if problem:
            yield number, problem
            continue
        row = _row(line)
        yield number, flat(row) if isinstance(row, dict) else "not an object of JSON"


def _document_table(
    lines: Iterator[str], name: str, encoding: Encoding, settings: FileSettings
) -> RawTable:
    document = _document(lines, name)
    lists = dict(islice(_lists(document, "", 0), LISTS_MOST))
    if not lists:
        raise TableUnreadable(f"{name}: this JSON document holds no list of posts")
    path = settings.rows
    if path and path not in lists:
        raise TableUnreadable(f"{name}: there is no list at {path!r}; there are {_listed(lists)}")
    path = path or max(lists, key=lambda each: _worth(lists[each], each))
    found: Iterator[_Numbered] = enumerate(map(flat, lists[path]), start=1)
    where = "one list" if path == TOP else f"the posts at {path}"
    shape = f"JSON in {encoding.name.upper()}, {where}"
    kept: dict[str, str | bool] = {"encoding": encoding.name, "rows": path}
    return table_of(found, name, "post", shape, kept, _others(lists, path))


def _document(lines: Iterator[str], name: str) -> Any:
    held, size = [], 0
    for line in lines:
        size += len(line)
        is_long = size > DOCUMENT_BYTES_MOST or OVERLONG in line
        if is_long or spoilt(line, "UTF-8"):
            too_much = f"more than {DOCUMENT_BYTES_MOST:,} characters of JSON"
            what = too_much if is_long else spoilt(line, "UTF-8")
            advice = "; write it as JSON Lines, one post a line"
            raise TableUnreadable(f"{name}: {what}{advice}")
        held.append(line)
    text = "".join(held)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (several := _several(text)):
            return several
        where = f"line {error.lineno}, column {error.colno}"
        raise TableUnreadable(f"{name}: not JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise TableUnreadable(f"{name}: not JSON that can be read: nested too deeply") from error
    except ValueError as error:  # of a number, all that Python has against is that it is too long
        raise TableUnreadable(
            f"{name}: not JSON that can be read: a number of thousands of digits"
        ) from error


def _several(text: str) -> list[Any]:
    """Objects that stand one after the other, on however many lines; none where something else does."""
    read, found, place = json.JSONDecoder().raw_decode, list[Any](), 0
    try:
        while place < len(text):
            value, place = read(text, place)
            found.append(value)
            blanks = _BLANKS.match(text, place)
            place = blanks.end() if blanks else place
    except (ValueError, RecursionError):
        return []
    return found if all(isinstance(value, dict) for value in found) else []


def _lists(value: Any, path: str, depth: int) -> Iterator[tuple[str, list[Row]]]:
    """Every list of objects in a document, by its path; `.` is the document itself."""
    if depth > DEPTH_MOST:
        return
    if isinstance(value, list):
        objects = [item for item in value if isinstance(item, dict)]
        if objects:
            yield path or TOP, objects
            yield from _inside(objects, path, depth)
        elif len(value) > 1 and are_names(value[0]):
            yield path or TOP, named(value[0], value[1:])
    elif isinstance(value, dict):
        rows = turned(value)
        if rows:
            yield path or TOP, rows
            return
        for key, inner in value.items():
            yield from _lists(inner, f"{path}.{key}" if path else str(key), depth + 1)


def _inside(objects: Sequence[Row], path: str, depth: int) -> Iterator[tuple[str, list[Row]]]:
    """Lists that the rows of a list hold, put together: `companies[].jobs`."""
    keys = {key: None for row in objects[:100] for key, value in row.items() if holds_rows(value)}
    for key in keys:
        rows = [row for each in objects if isinstance(own := each.get(key), list) for row in own]
        yield from _lists(rows, f"{path}[].{key}", depth + 1)


def _worth(rows: Sequence[Row], path: str) -> tuple[int, int, int]:
    """How much a list looks like posts; of equals the longer, then the outer one."""
    names = {name for row in rows[:50] for name in flat(row)}
    return (likeness(names), len(rows), -path.count("."))


def _listed(paths: Mapping[str, Sequence[Row]]) -> str:
    return ", ".join(f"{path} ({len(rows):,})" for path, rows in list(paths.items())[:5])


def _others(lists: Mapping[str, Sequence[Row]], path: str) -> tuple[str, ...]:
    others = {
        each: rows
        for each, rows in lists.items()
        if each != path and cell_of_list(rows[:5]) is None
    }
    return (f"Lists left out: {_listed(others)}",) if others else ()


def flat(row: Mapping[str, Any]) -> Row:
    """An object as one row, by the names of its leaves."""
    found: Row = {}
    _flatten(row, "", found, 0)
    return found


def _flatten(row: Mapping[str, Any], path: str, found: Row, depth: int) -> None:
    for key, value in row.items():
        name = f"{path}{key}"
        if isinstance(value, dict):
            if depth < DEPTH_MOST:
                _flatten(value, f"{name}.", found, depth + 1)
        elif isinstance(value, list | tuple):
            cell = cell_of_list(value)
            if cell is not None:
                found[name] = cell
        else:
            found[name] = value


def cell_of_list(items: Sequence[Any]) -> str | None:
    """Words, or the names of things, parted by bars; None for lists of other things."""
    words = []
    for item in items:
        word = item
        if isinstance(item, dict):
            word = next((item[key] for key in _NAMES_OF_THINGS if item.get(key)), None)
        if word is None or isinstance(word, dict | list):
            return None
        words.append(str(word))
    return "|".join(words)


def table_of(
    rows: Iterator[_Numbered],
    name: str,
    unit: str,
    shape: str,
    kept: Mapping[str, str | bool],
    remarks: tuple[str, ...] = (),
) -> RawTable:
    """Rows that name their cells, as a table: its columns are those of the first thousand rows."""
    ahead = list(islice(rows, ROWS_AT_ONCE))
    columns = tuple(dict.fromkeys(key for _, row in ahead if isinstance(row, dict) for key in row))
    if not columns:
        raise TableUnreadable(f"{name}: {shape}, but no row of it is an object with names")
    if len(columns) > COLUMNS_MOST:
        raise TableUnreadable(f"{name}: more than {COLUMNS_MOST:,} columns")
    first = _batch(ahead, columns, range(len(columns)))

    def batches(used: Sequence[int]) -> Iterator[Batch]:
        yield _batch(ahead, columns, used)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield _batch(some, columns, used)

    return RawTable(columns, first, batches, unit, shape, kept, remarks=remarks)


def _batch(some: Sequence[_Numbered], columns: Sequence[str], used: Sequence[int]) -> Batch:
    """The rows' cells; columns that are not used stay empty."""
    cells = [row if isinstance(row, dict) else {} for _, row in some]
    wanted = set(used)
    by_column: Callable[[str], list[object]] = lambda name: [row.get(name) for row in cells]  # noqa: E731
    filled = [by_column(name) if at in wanted else () for at, name in enumerate(columns)]
    problems = {place: row for place, (_, row) in enumerate(some) if isinstance(row, str)}
    return Batch([number for number, _ in some], filled, problems)
