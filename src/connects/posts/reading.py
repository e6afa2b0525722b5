"""A file of posts, open and understood: which columns are used, which are not, and its posts one by one.

What the price rests on (kind, amounts, length, hours, level, a verified client) must be readable, or the
row is none and says which cell is wrong. All other cells may be unknown: they are counted, with the
first of each column as an example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from connects.posts.cells import text_of
from connects.posts.client_facts import client_facts
from connects.posts.columns import DECISIVE, LONG, column_reader, constant
from connects.posts.conversion import Currencies
from connects.posts.dates import is_relative, sortable
from connects.posts.mapping import ColumnMap
from connects.posts.names import AMOUNTS, TEXTS
from connects.posts.rows import JobRow, ReadRow
from connects.posts.tables import Batch, RawTable
from connects.posts.unreadable import CellProblem
from connects.posts.words import WORKLOADS
from connects.pricing.work_words import work_words
from connects.vocabulary.facts import JobFacts, JobKind, Level, WorkWords
from connects.vocabulary.typed_input import whole_number

TEXT_CHARACTERS_MOST = 50_000
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
        reading = _Reading(self)
        used = sorted(set(self.places.values()))
        for batch in self.raw.batches(used):
            yield from reading.rows(batch)

    def remarks(self) -> list[str]:
        """What a person should know of how the file was read; whole once all rows were."""
        told = list(self.raw.remarks)
        if self.repeated:
            told.append(
                f"{self._theirs('job_id')}: {self.repeated:,} {self.raw.unit}s repeat the number of an"
                f" earlier post, such as {self.examples['job_id']}; each is a post of its own here"
            )
        told += [
            f"{self._theirs(name)}: {count:,} cells are not known, such as {self.examples[name]}"
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
        self._money = Currencies(file.currency, file.mapping)
        self._columns = {
            name: column_reader(name, file.mapping, file.currency)
            for name in file.places
            if name not in LONG
        }

    def rows(self, batch: Batch) -> Iterator[ReadRow]:
        count = len(batch.numbers)
        problems = dict(batch.spoilt)
        found = {name: self._values(name, batch, problems) for name in self._file.places}
        for name, value in self._file.mapping.values.items():
            found[name] = constant(name, value, self._file.mapping, self._file.currency) * count
        cells = _as_texts(found)
        for place in range(count):
            yield self._row(place, batch.numbers[place], found, cells, problems.get(place, ""))

    def _values(self, name: str, batch: Batch, problems: dict[int, str]) -> list[Any]:
        cells = batch.columns[self._file.places[name]]
        if name in LONG:
            return [text_of(cell)[:TEXT_CHARACTERS_MOST] for cell in cells]
        column = self._columns[name]
        values: list[Any] = column.values(cells)
        for place, value in enumerate(values):
            if isinstance(value, CellProblem):
                if name in DECISIVE:
                    theirs = self._file.mapping.columns.get(name, name)
                    problems.setdefault(place, f"{theirs}: {value}")
                else:
                    self._not_known(name, batch.numbers[place], cells[place])
                values[place] = column.missing
        if name == "posted_at":
            return self._dated(values, batch)
        return values

    def _not_known(self, name: str, number: int, cell: object) -> None:
        file = self._file
        file.soft[name] += 1
        example = f"{text_of(cell)[:40]!r} in {file.raw.unit} {number:,}"
        file.examples.setdefault(name, example)

    def _dated(self, values: list[str], batch: Batch) -> list[str]:
        """Give dates that say `2 hours ago` the instant at which the row was seen, if it is known."""
        seen_at = self._file.places.get("observed")
        for place, value in enumerate(values):
            if value and is_relative(value):
                seen = None if seen_at is None else _seen(batch.columns[seen_at][place])
                values[place] = sortable(value, seen=seen)
                if not values[place]:
                    self._not_known("posted_at", batch.numbers[place], value)
        return values

    def _row(
        self, place: int, number: int, found: Mapping[str, list[Any]],
        cells: Mapping[str, list[str]], problem: str,
    ) -> ReadRow:  # fmt: skip
        file = self._file
        file.read += 1
        texts = {name: column[place] for name, column in cells.items()}
        if "job_id" not in texts:
            texts["job_id"] = str(number)
        elif texts["job_id"]:
            self._note_id(texts["job_id"], number)
        elif not problem:
            problem = "job_id: empty"
        if not problem:
            try:
                row = self._post({name: own[place] for name, own in found.items()}, texts)
                return ReadRow(number, texts, row, "")
            except CellProblem as wrong:
                problem = str(wrong)
        return ReadRow(number, texts, None, problem)

    def _note_id(self, job_id: str, number: int) -> None:
        """Count posts that bear the number of an earlier one."""
        digest = hash(job_id)  # a set of whole numbers holds far less than one of texts
        if digest in self._ids:
            self._file.repeated += 1
            example = f"{job_id[:40]!r} in {self._file.raw.unit} {number:,}"
            self._file.examples.setdefault("job_id", example)
        elif len(self._ids) < IDS_REMEMBERED_MOST:
            self._ids.add(digest)

    def _post(self, said: Mapping[str, Any], texts: dict[str, str]) -> JobRow:
        money = self._money.of(said)
        self._file.with_amount += money.is_stated
        try:
            kind = money.kind(said.get("kind", ""), tells=self._file.tells_kinds)
        except CellProblem as wrong:
            raise CellProblem(f"kind: {wrong}") from wrong
        texts["kind"] = kind.value
        least, most = money.hourly_cents(kind)
        verified, level = said.get("client_payment_verified", ""), said.get("experience_level", "")
        length = said.get("duration")
        characters = said.get("description_chars", "") or len(texts.get("description", "")) or ""
        facts = JobFacts(
            kind=kind,
            budget_cents=money.budget_cents(kind),
            hourly_min_cents=least,
            hourly_max_cents=most,
            duration_days=length.days if length else None,
            hours_per_week=WORKLOADS.get(said.get("workload", "")),
            level=Level(level) if level else None,
            category=said.get("category", "") or None,
            client_payment_verified=verified == "1" if verified else None,
            description_characters=whole_number(str(characters)),
            **client_facts(said, self._file.currency),
            words=_words(kind, texts),
        )
        return JobRow(texts["job_id"], said.get("source", ""), facts)


def _words(kind: JobKind, texts: Mapping[str, str]) -> WorkWords | None:
    """What a fixed-price post's texts say of its work; no other price rests on them."""
    title, description = (texts.get(name, "") for name in TEXTS)
    if kind is JobKind.HOURLY or not (title or description):
        return None
    return work_words(title, description)


def _as_texts(found: Mapping[str, list[Any]]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for name, values in found.items():
        if name == "duration":
            texts[name] = [length.word for length in values]
        elif name not in AMOUNTS:
            texts[name] = values
    return texts


def _seen(cell: object) -> datetime | None:
    """The instant at which a row was seen: of a day its end."""
    text = text_of(cell)
    try:
        instant = datetime.fromisoformat(sortable(text))
    except (CellProblem, ValueError):
        return None
    is_day = ":" not in text
    return instant.astimezone(UTC) + (timedelta(days=1) if is_day else timedelta())
