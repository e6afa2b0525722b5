"""A file of posts, open and understood: which columns are used, which are not, and its posts one by one.

What the price rests on (kind, amounts, length, hours, level, a verified client) must be readable, or the
row is none and says which cell is wrong. All other cells may be unknown: they are counted, with the
first of each column as an example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

from connects.posts.assembly import batch_of
from connects.posts.cells import long_texts, text_of
from connects.posts.column_cells import Instants
from connects.posts.columns import DECISIVE, LATE, LONG, column_reader, constant
from connects.posts.conversion import Currencies
from connects.posts.dates import is_relative, sortable
from connects.posts.mapping import ColumnMap
from connects.posts.payments import payments_of
from connects.posts.rows import JobRow, ReadRow, tuples
from connects.posts.tables import Batch, Coded, RawTable
from connects.posts.texts import Texts
from connects.posts.unreadable import CellProblem, TableUnreadable

HELD_MOST = 2_000_000
IDS_REMEMBERED_MOST = 1_000_000
"""So many of the first posts' numbers are remembered, so that memory stays bounded."""


@dataclass(slots=True)
class PostsFile:
    """An open file of posts. `rows` can be run through once; the counts grow as it is."""

    name: str
    raw: RawTable
    mapping: ColumnMap
    places: Mapping[str, int]
    currency: str
    tells_kinds: bool
    read: int = 0
    with_amount: int = 0
    repeated: int = 0
    soft: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def unused(self) -> list[str]:
        """Columns of the file from which nothing was taken."""
        used = set(self.places.values())
        return [
            column or f"#{place + 1}"
            for place, column in enumerate(self.raw.columns)
            if place not in used
        ]

    @property
    def guesses(self) -> dict[str, str]:
        """Columns that go by another name in the file than with us."""
        return {ours: theirs for ours, theirs in self.mapping.columns.items() if ours != theirs}

    def rows(self) -> Iterator[ReadRow]:
        used = sorted(set(self.places.values()))
        return chain.from_iterable(map(_Reading(self).rows, self.raw.batches(used)))

    def rows_to_hold(self) -> Iterator[ReadRow]:
        """All rows, for what has to hold them at once. Raises TableUnreadable where they are too many."""
        for row in self.rows():
            if self.read > HELD_MOST:
                raise TableUnreadable(
                    f"{self.name}: more than {HELD_MOST:,} rows, which have to be held at once here;"
                    " take a sample of them (`connects price` takes any number)"
                )
            yield row

    def remarks(self) -> list[str]:
        """What a person should know of how the file was read; whole once all rows were."""
        told = list(self.raw.remarks)
        if self.repeated:
            repeat = f"{self.repeated:,} {self.raw.unit}s repeat"
            if self.repeated == 1:
                repeat = f"1 {self.raw.unit} repeats"
            told.append(
                f"{self._theirs('job_id')}: {repeat} the number of an earlier post, such as"
                f" {self.examples['job_id']}; each is a post of its own here"
            )
        told += [
            f"{self._theirs(name)}: {_cells(count)} not known, such as {self.examples[name]}"
            for name, count in sorted(self.soft.items())
        ]
        return told

    def _theirs(self, name: str) -> str:
        return self.mapping.columns.get(name, name)


class _Reading:
    """The readers of a file's columns, at work on one batch after the other."""

    def __init__(self, file: PostsFile) -> None:
        self._file = file
        self._ids: set[int] = set()
        self._not_relative: Collection[str] = ()
        self._money = Currencies(file.currency, file.mapping)
        self._columns = {
            name: column_reader(name, file.mapping, file.currency)
            for name in file.places
            if name not in LONG
        }

    def rows(self, batch: Batch) -> Iterator[ReadRow]:
        file, count = self._file, len(batch.numbers)
        problems = dict(batch.spoilt)
        found: dict[str, Sequence[Any]] = {
            name: self._values(name, batch, problems) for name in file.places if name not in LATE
        }
        for name, value in file.mapping.values.items():
            found[name] = constant(name, value, file.mapping, file.currency) * count
        ids = self._ids_of(batch, found, problems)
        payments = payments_of(found, count, self._money, problems, tells_kinds=file.tells_kinds)
        file.read += count
        file.with_amount += payments.stated
        late = {name: batch.columns[file.places[name]] for name in LATE & file.places.keys()}
        texts = Texts({**late, **found}, ids, payments.kinds)
        posts: Iterable[JobRow | None] = batch_of(ids, found, payments, file.currency).posts()
        said: Iterable[str] = repeat("")
        if problems:
            good = iter(posts)
            posts = [None if place in problems else next(good) for place in range(count)]
            said = [problems.get(place, "") for place in range(count)]
        return tuples(ReadRow, batch.numbers, posts, said, repeat(texts), range(count))

    def _ids_of(
        self, batch: Batch, found: Mapping[str, Sequence[Any]], problems: dict[int, str]
    ) -> Sequence[str]:
        """The posts' numbers: as the file says, or its rows'."""
        if "job_id" not in found:
            return list(map(str, batch.numbers))
        ids: Sequence[str] = found["job_id"]
        digests = set(map(hash, ids))  # a set of whole numbers holds far less than one of texts
        if "" not in ids and len(digests) == len(ids) and self._ids.isdisjoint(digests):
            if len(self._ids) < IDS_REMEMBERED_MOST:
                self._ids |= digests
            return ids
        for place, job_id in enumerate(ids):
            if job_id:
                self._note_id(job_id, batch.numbers[place])
            else:
                problems.setdefault(place, "job_id: empty")
        return ids

    def _values(self, name: str, batch: Batch, problems: dict[int, str]) -> Sequence[Any]:
        cells = batch.columns[self._file.places[name]]
        if name in LONG:
            return long_texts(cells)
        column = self._columns[name]
        values: Sequence[Any] = column.values(cells)
        if column.has_problems:
            values = list(values)
            self._see_problems(name, batch, values, problems)
        if name == "posted_at":
            return self._dated(values, batch)
        return values

    def _see_problems(
        self, name: str, batch: Batch, values: list[Any], problems: dict[int, str]
    ) -> None:
        """Leave out what cannot be read: the cell, or its whole row where the price rests on it."""
        for place, value in enumerate(values):
            if not isinstance(value, CellProblem):
                continue
            if name in DECISIVE:
                theirs = self._file.mapping.columns.get(name, name)
                problems.setdefault(place, f"{theirs}: {value}")
            else:
                cell = batch.columns[self._file.places[name]][place]
                self._not_known(name, batch.numbers[place], cell)
            values[place] = self._columns[name].missing

    def _not_known(self, name: str, number: int, cell: object) -> None:
        file = self._file
        file.soft[name] += 1
        example = f"{text_of(cell)[:40]!r} in {file.raw.unit} {number:,}"
        file.examples.setdefault(name, example)

    def _dated(self, stated: Sequence[str], batch: Batch) -> Sequence[str]:
        """Give dates that say `2 hours ago` the instant at which the row was seen, if it is known."""
        seen_at = self._file.places.get("observed")
        if isinstance(stated, Instants):
            return stated
        said = stated.said if isinstance(stated, Coded) else set(stated)
        if said is self._not_relative or not any(map(is_relative, said)):
            self._not_relative = said
            return stated
        values = list(stated)
        for place, value in enumerate(values):
            if is_relative(value):
                seen = None if seen_at is None else _seen(batch.columns[seen_at][place])
                values[place] = sortable(value, seen=seen)
                if not values[place]:
                    self._not_known("posted_at", batch.numbers[place], value)
        return values

    def _note_id(self, job_id: str, number: int) -> None:
        """Count posts that bear the number of an earlier one."""
        digest = hash(job_id)
        if digest in self._ids:
            self._file.repeated += 1
            example = f"{job_id[:40]!r} in {self._file.raw.unit} {number:,}"
            self._file.examples.setdefault("job_id", example)
        elif len(self._ids) < IDS_REMEMBERED_MOST:
            self._ids.add(digest)


def _cells(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count:,} cells are"


def _seen(cell: object) -> datetime | None:
    """The instant at which a row was seen: of a day its end."""
    text = text_of(cell)
    try:
        instant = datetime.fromisoformat(sortable(text))
    except (CellProblem, ValueError):
        return None
    is_day = ":" not in text
    return instant.astimezone(UTC) + (timedelta(days=1) if is_day else timedelta())
