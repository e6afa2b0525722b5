"""A mapping: which column of a file is which, kept as TOML so that a person can complete it.

[columns]           our column = "theirs", or "#4" for the fourth
[values]            our column = "a value for every row"
[words.kind]        "their word" = "ours"
[rates]             EUR = 1.08, what one of it is worth in the rule book's currency
[file]              encoding, delimiter, header, sheet, rows
decimal = "."       dates = "month first"       currency = "USD"
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from connects.posts.dates import DAY_FIRST, MONTH_FIRST
from connects.posts.money import CODES, COMMA, POINT
from connects.posts.names import KNOWN
from connects.posts.tables import FileSettings
from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.documents import Unreadable, document_text, toml_string, toml_tables

_TEXTS = ("encoding", "delimiter", "sheet", "rows")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns of one kind of file mean. Where a setting is empty, the cells tell."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    file: FileSettings = field(default_factory=FileSettings)
    decimal: str = ""
    dates: str = ""
    currency: str = ""


def read_map(name: str) -> ColumnMap:
    """The mapping in a file. Raises TableUnreadable, with what is wrong with it."""
    try:
        tables = toml_tables(document_text(Path(name)), parse_float=Decimal)
        return _map(tables)
    except Unreadable as error:
        raise TableUnreadable(f"{name}: expected a mapping in TOML, found {error}") from error
    except _Wrong as error:
        raise TableUnreadable(f"{name}: {error}") from error


class _Wrong(ValueError):
    pass


def _map(tables: Mapping[str, Any]) -> ColumnMap:
    known = ("columns", "values", "words", "rates", "file", "decimal", "dates", "currency")
    _only(tables, known, "")
    columns, values = (_texts(tables, part) for part in ("columns", "values"))
    _only({**columns, **values}, KNOWN, "[columns] and [values]: ")
    words = {name: _texts(tables.get("words", {}), name) for name in _table(tables, "words")}
    _only(words, KNOWN, "[words]: ")
    return ColumnMap(
        columns,
        values,
        {
            name: {each.casefold(): ours for each, ours in own.items()}
            for name, own in words.items()
        },
        _rates(_table(tables, "rates")),
        _file(_table(tables, "file")),
        _one_of(tables, "decimal", (POINT, COMMA)),
        _one_of(tables, "dates", (MONTH_FIRST, DAY_FIRST)),
        _one_of(tables, "currency", CODES),
    )


def _only(found: Mapping[str, Any], known: Collection[str], where: str) -> None:
    strange = [name for name in found if name not in known]
    if strange:
        raise _Wrong(
            f"{where}{strange[0][:40]!r} is not known; known are {', '.join(sorted(known))}"
        )


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = tables.get(name, {})
    if not isinstance(found, dict):
        raise _Wrong(f"{name}: expected a table, [{name}]")
    return found


def _texts(tables: Mapping[str, Any], name: str) -> dict[str, str]:
    found = _table(tables, name)
    for key, value in found.items():
        if not isinstance(value, str):
            raise _Wrong(f"[{name}] {key}: expected a text in quotes, found {value!r:.40}")
    return dict(found)


def _rates(found: Mapping[str, Any]) -> dict[str, Decimal]:
    _only(found, CODES, "[rates]: ")
    for code, rate in found.items():
        if not _is_rate(rate):
            raise _Wrong(f"[rates] {code}: expected a rate above 0, found {rate!r:.40}")
    return {code: Decimal(rate) for code, rate in found.items()}


def _is_rate(rate: object) -> bool:
    if isinstance(rate, bool) or not isinstance(rate, int | Decimal):
        return False
    return Decimal(rate).is_finite() and 0 < rate < 10**9


def _file(found: Mapping[str, Any]) -> FileSettings:
    _only(found, (*_TEXTS, "header"), "[file]: ")
    header = found.get("header")
    if header is not None and not isinstance(header, bool):
        raise _Wrong("[file] header: expected true or false")
    told = _texts({"file": {key: value for key, value in found.items() if key in _TEXTS}}, "file")
    if len(told.get("delimiter", ",")) != 1:
        raise _Wrong("[file] delimiter: expected one character")
    return FileSettings(**told, header=header)


def _one_of(tables: Mapping[str, Any], name: str, choices: Any) -> str:
    found = tables.get(name, "")
    if found and found not in choices:
        raise _Wrong(f"{name}: expected one of {', '.join(map(repr, sorted(choices)))}")
    return str(found)


def map_lines(
    mapping: ColumnMap, settings: Mapping[str, str | bool], comments: Mapping[str, str]
) -> Iterator[str]:
    """The mapping as TOML; `comments` stand behind columns, by our names."""
    for name in ("decimal", "dates", "currency"):
        value = getattr(mapping, name)
        if value:
            yield f"{name} = {toml_string(value)}"
    yield "[file]"
    yield from (f"{name} = {_toml(value)}" for name, value in settings.items())
    yield ""
    yield "[columns]"
    for name, column in mapping.columns.items():
        comment = comments.get(name, "")
        yield f"{name} = {toml_string(column)}" + (f"  # {comment}" if comment else "")
    if mapping.values:
        yield ""
        yield "[values]"
        yield from (f"{name} = {toml_string(value)}" for name, value in mapping.values.items())


def _toml(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else toml_string(value)
