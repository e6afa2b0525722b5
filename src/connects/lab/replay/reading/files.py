"""What is recorded as files: a table each, as CSV or JSONL, in one folder.

    write(source, Path("history"))          # accounts.csv, lines.csv, posts.csv …
    source = Files(Path("history"))

The columns are those of `columns.TABLES`; `posts` has what prices rest on, too. A table that is not there
is empty, and so is a column; an instant is a number of microseconds since 1970 or an ISO text.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from connects.bootstrap.unfinished import held_folder
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading.columns import (
    FACTS,
    REASONS,
    TABLES,
    TEXTS,
    WORDS,
    Alike,
    Reads,
    Source,
    Table,
    Unusable,
    hash_of,
)
from connects.vocabulary.facts import JobKind, Level

UNFINISHED = ".unfinished-replay-"
LISTS = {
    "facts": ("ids", *FACTS, *TEXTS),
    "revised": ("post", "number", *FACTS, *TEXTS),
}
"""Files that are no tables: what posts say, with their ids, and what earlier revisions said."""
LAST_INSTANT = 253_402_300_799_999_999
"""The last microsecond of the year 9999."""
WHOLE_FACTS = frozenset(FACTS) - {"kind", "level", "category"}


class Files:
    """A `Source` over a folder. Raises Unusable for what cannot be read, with file and line."""

    name = "files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not folder.is_dir():
            raise Unusable(f"{folder}: there is no such folder.")
        if self._path("wallets") is None or self._path("lines") is None:
            raise Unusable(f"{folder} has no wallets and lines, as CSV or JSONL.")

    def _path(self, table: str) -> Path | None:
        paths = (self._folder / f"{table}.{ending}" for ending in ("csv", "jsonl"))
        return next((path for path in paths if path.is_file()), None)

    def _rows(self, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The rows of a table, each with its place in words."""
        path = self._path(table)
        if path is None:
            return
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)
                for number, row in enumerate(rows, 2 if path.suffix == ".csv" else 1):
                    if not isinstance(row, dict):
                        raise Unusable(f"{path.name}, line {number}: expected an object.")
                    yield f"{path.name}, line {number}", row
        except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
            if isinstance(error, Unusable):
                raise
            raise Unusable(f"{path.name} cannot be read: {error}.") from error

    def read(self, table: str, wallets: Sequence[int] | None = None) -> Table:
        wanted = None if wallets is None else frozenset(wallets)
        columns: dict[str, list[Any]] = {name: [] for name in TABLES[table]}
        for place, row in self._rows(table):
            for name, reads in TABLES[table].items():
                told, where = row.get(name), f"{place}, {name}"
                words = WORDS.get((table, name))
                told = _numbered(told, words, where) if words else _value(told, reads, where)
                columns[name].append(told)
        made: Table = {}
        for name, reads in TABLES[table].items():
            made[name] = np.empty(len(columns[name]), reads.dtype)
            made[name][:] = columns[name]
        if wanted is not None:
            kept = np.isin(made["wallet"], list(wanted))
            made = {name: column[kept] for name, column in made.items()}
        return made

    def alike(self, *, with_texts: bool) -> Iterator[Alike]:
        found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        columns = [*FACTS, *(TEXTS if with_texts else ())]
        for place, row in self._rows("facts"):
            facts = _facts(row, place)
            told = str(row.get("ids") or "").split()
            ids = [_value(each, Reads.WHOLE, f"{place}, ids") for each in told]
            found[tuple(facts[name] for name in columns)] += ids
        for alike, ids in found.items():
            yield dict(zip(columns, alike, strict=True)), np.array(ids, np.int64)

    def revised(self) -> Mapping[tuple[int, int], Mapping[str, Any]]:
        return {
            (
                _value(row.get("post"), Reads.WHOLE, place),
                _value(row.get("number"), Reads.WHOLE, place),
            ): _facts(row, place)
            for place, row in self._rows("revised")
        }


def _numbered(told: Any, words: Sequence[str], place: str) -> int:
    """The number of a word; of one that is only one of many others, that of the first."""
    word = "" if told is None else str(told)
    if word in words:
        return words.index(word)
    if words == REASONS:
        return 0
    raise Unusable(f"{place}: {word[:40]!r} is none of {', '.join(words)}.")


def _value(told: Any, reads: Reads, place: str) -> Any:
    """One value as its column has it."""
    if reads is Reads.TEXT:
        return "" if told is None else str(told)
    if reads is Reads.NAME:
        return told if isinstance(told, int) else hash_of(str(told or ""))
    if told is None or told == "":
        return NEVER if reads.is_time else 0
    try:
        number = _instant(told) if reads.is_time and isinstance(told, str) else int(told)
    except (ValueError, TypeError, OverflowError):
        raise Unusable(f"{place}: {str(told)[:40]!r} is not a number.") from None
    least, most = _bounds(reads)
    if not (least <= number <= most or (reads.is_time and number == NEVER)):
        raise Unusable(f"{place}: {str(told)[:40]} is out of bounds.")
    return number


def _instant(told: str) -> int:
    """An ISO text, or microseconds since 1970."""
    if "-" not in told[1:] and "T" not in told:
        return int(told)
    return int(np.datetime64(told.removesuffix("Z").removesuffix("+00:00"), "us").astype(int))


def _bounds(reads: Reads) -> tuple[int, int]:
    """The least and the most that a column has; a TINY number that is no word is yes or no."""
    if reads.is_time:
        return 0, LAST_INSTANT
    if reads is Reads.TINY:
        return 0, 1
    bounds = np.iinfo(reads.dtype)
    return int(bounds.min), int(bounds.max)


def _facts(row: Mapping[str, Any], place: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name in (*FACTS, *TEXTS):
        told = row.get(name)
        if name in WHOLE_FACTS:
            facts[name] = (
                None if told in (None, "") else _value(told, Reads.WHOLE, f"{place}, {name}")
            )
        else:
            facts[name] = "" if told is None else str(told)
    for name, words in (("kind", JobKind), ("level", Level)):
        known = [word.value for word in words]
        if facts[name] not in known and (facts[name] or name == "kind"):
            raise Unusable(f"{place}, {name}: {facts[name][:40]!r} is none of {', '.join(known)}.")
    for name in ("budget_open", "client_payment_verified"):
        facts[name] = None if facts[name] is None else bool(facts[name])
    return facts


def write(source: Source, folder: Path) -> None:
    """Write all that a replay reads of a source to a new folder, as CSV: whole, or not at all."""
    if folder.exists():
        raise Unusable(f"{folder} cannot be made: it is there already.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with held_folder(UNFINISHED, folder.parent) as unfinished:
            made = unfinished / folder.name
            made.mkdir()
            _write_tables(source, made)
            made.rename(folder)
    except (OSError, ValueError) as error:  # a name with a NUL is none
        why = getattr(error, "strerror", None) or error
        raise Unusable(f"{folder} cannot be made: {why}.") from error


def _write_tables(source: Source, folder: Path) -> None:
    for table, columns in TABLES.items():
        found = source.read(table)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            told = (_in_words(found[name].tolist(), WORDS.get((table, name))) for name in columns)
            writer.writerows(zip(*told, strict=True))
    alike = [
        [" ".join(map(str, ids.tolist())), *_cells(facts)]
        for facts, ids in source.alike(with_texts=True)
    ]
    revised = [[*key, *_cells(facts)] for key, facts in source.revised().items()]
    for name, rows in (("facts", alike), ("revised", revised)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([LISTS[name], *rows])


def _in_words(values: list[Any], words: Sequence[str] | None) -> list[Any]:
    return values if words is None else [words[value] for value in values]


def _cells(facts: Mapping[str, Any]) -> list[Any]:
    told = (facts.get(name) for name in (*FACTS, *TEXTS))
    return [int(value) if isinstance(value, bool) else value for value in told]
