"""Posts out of a batch's columns: each fact for all rows at once, then one post for each row.

A file's rows say the same few things over and over, so a fact is worked out once for each thing that is
said, and no row costs more than the posts that are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import compress, repeat
from operator import attrgetter
from typing import Any, TypeAlias

from connects.posts.client_facts import client_facts
from connects.posts.column_cells import Numbers
from connects.posts.names import TEXTS
from connects.posts.payments import Payments
from connects.posts.rows import JobRow, many, tuples
from connects.posts.tables import each
from connects.posts.words import WORKLOADS
from connects.pricing.work_words import work_words
from connects.vocabulary.facts import JobFacts, JobKind, Level, WorkWords
from connects.vocabulary.typed_input import NUMBER_MOST

Found: TypeAlias = Mapping[str, Sequence[Any]]
"""What a batch's cells say, by our columns: words as texts, amounts as sums, lengths as lengths."""

_VERIFIED = {"1": True, "0": False}
_LEVELS = {level.value: level for level in Level}
_DAYS = attrgetter("days")
_FIELDS = tuple((field.name, field.default) for field in fields(JobFacts))


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch's columns as the rules take them; `kinds` are None for rows that are no posts."""

    ids: Sequence[str]
    sources: Sequence[str]
    payments: Payments
    columns: Mapping[str, Iterable[Any]]

    def posts(self) -> Iterator[JobRow]:
        """The posts of those rows that are posts, in order."""
        kinds = self.payments.kinds
        kept = [kind is not None for kind in kinds] if None in kinds else None
        count = len(self.ids) if kept is None else sum(kept)

        def of_posts(column: Iterable[Any]) -> Iterable[Any]:
            return column if kept is None else compress(column, kept)

        facts = many(
            JobFacts,
            count,
            {
                name: of_posts(self.columns[name]) if name in self.columns else repeat(default)
                for name, default in _FIELDS
            },
        )
        ids, sources = of_posts(self.ids), of_posts(self.sources)
        return tuples(JobRow, ids, sources, facts)


def batch_of(ids: Sequence[str], found: Found, payments: Payments, currency: str) -> Batch:
    """The columns of a batch; `ids` are its posts' numbers."""
    columns: dict[str, Iterable[Any]] = {
        "kind": payments.kinds,
        "budget_cents": payments.budgets,
        "hourly_min_cents": payments.least,
        "hourly_max_cents": payments.most,
        "description_characters": _characters(found, len(ids)),
        "words": _words(payments.kinds, found),
        **client_facts(found, currency),
    }
    for name, (column, read) in _MEANT.items():
        if column in found:
            columns[name] = each(found[column], read)
    return Batch(ids, found.get("source", [""] * len(ids)), payments, columns)


_MEANT: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "category": ("category", lambda word: word or None),
    "client_payment_verified": ("client_payment_verified", _VERIFIED.get),
    "duration_days": ("duration", _DAYS),
    "hours_per_week": ("workload", WORKLOADS.get),
    "level": ("experience_level", _LEVELS.get),
}
"""Facts that are words in files: the columns that say them, and what each word means."""


def _characters(found: Found, rows: int) -> Sequence[int | None]:
    """How long texts are: as the file says, or as they are."""
    said: Sequence[float | None] = found.get("description_chars", [None] * rows)
    stated = _stated_characters(said)
    if "description" not in found:
        return stated
    return [
        (len(text) or None) if number is None else own
        for own, number, text in zip(stated, said, found["description"], strict=True)
    ]


def _stated_characters(said: Sequence[float | None]) -> Sequence[int | None]:
    if isinstance(said, Numbers):
        return said.counts(NUMBER_MOST)
    return [
        None if number is None or not 0 <= number <= NUMBER_MOST or number != int(number)
        else int(number)
        for number in said
    ]  # fmt: skip


def _words(kinds: Sequence[JobKind | None], found: Found) -> Iterable[WorkWords | None]:
    """What fixed-price posts' texts say of their work; no other price rests on them."""
    if not any(name in found for name in TEXTS):
        return repeat(None)
    titles, descriptions = (found.get(name, repeat("")) for name in TEXTS)
    return [
        work_words(title, text) if kind is JobKind.FIXED and (title or text) else None
        for kind, title, text in zip(kinds, titles, descriptions, strict=False)
    ]
