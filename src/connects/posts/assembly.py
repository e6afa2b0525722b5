"""Posts out of a batch's columns: each fact for all rows at once, then one post for each row.

A file's rows say the same few things over and over, so a fact is worked out once for each thing that is
said, and no row costs more than the posts that are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import compress, repeat
from typing import Any, TypeAlias, TypeVar

from connects.posts.client_facts import client_facts
from connects.posts.names import TEXTS
from connects.posts.payments import Payments
from connects.posts.rows import JobRow, many
from connects.posts.words import WORKLOADS
from connects.pricing.work_words import work_words
from connects.vocabulary.facts import JobFacts, JobKind, Level, WorkWords
from connects.vocabulary.typed_input import whole_number

Found: TypeAlias = Mapping[str, Sequence[Any]]
"""What a batch's cells say, by our columns: words as texts, amounts as sums, lengths as lengths."""

_VERIFIED = {"1": True, "0": False}
_FIELDS = tuple((each.name, each.default) for each in fields(JobFacts))
Said = TypeVar("Said")
Meant = TypeVar("Meant")


def by_word(cells: Iterable[Said], read: Callable[[Said], Meant]) -> list[Meant]:
    """What `read` makes of each cell; it is asked once for each thing that is said."""
    listed = list(cells)
    known = {cell: read(cell) for cell in set(listed)}
    return [known[cell] for cell in listed]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch's columns as the rules take them; `kinds` are None for rows that are no posts."""

    ids: Sequence[str]
    sources: Sequence[str]
    payments: Payments
    columns: Mapping[str, Iterable[Any]]

    def posts(self) -> list[JobRow]:
        """The posts of those rows that are posts, in order."""
        kinds = self.payments.kinds
        kept = [kind is not None for kind in kinds]
        count = sum(kept)
        facts = many(
            JobFacts,
            count,
            {
                name: compress(self.columns[name], kept)
                if name in self.columns
                else repeat(default)
                for name, default in _FIELDS
            },
        )
        ids, sources = compress(self.ids, kept), compress(self.sources, kept)
        return many(JobRow, count, {"job_id": ids, "source": sources, "facts": facts})


def batch_of(ids: Sequence[str], found: Found, payments: Payments, currency: str) -> Batch:
    """The columns of a batch; `ids` are its posts' numbers."""
    nothing = [""] * len(ids)
    columns: dict[str, Iterable[Any]] = {
        "kind": payments.kinds,
        "budget_cents": payments.budgets,
        "hourly_min_cents": payments.least,
        "hourly_max_cents": payments.most,
        "category": [word or None for word in found.get("category", nothing)],
        "client_payment_verified": [
            _VERIFIED.get(word) for word in found.get("client_payment_verified", nothing)
        ],
        "description_characters": _characters(found, len(ids)),
        "words": _words(payments.kinds, found),
        **client_facts(found, currency),
    }
    if "duration" in found:
        columns["duration_days"] = [length.days for length in found["duration"]]
    if "workload" in found:
        columns["hours_per_week"] = map(WORKLOADS.get, found["workload"])
    if "experience_level" in found:
        levels = found["experience_level"]
        columns["level"] = by_word(levels, lambda word: Level(word) if word else None)
    return Batch(ids, found.get("source", nothing), payments, columns)


_length = lru_cache(maxsize=50_000)(whole_number)


def _characters(found: Found, rows: int) -> list[int | None]:
    """How long texts are: as the file says, or as they are."""
    stated = list(map(_length, found.get("description_chars", repeat("", rows))))
    if "description" not in found:
        return stated
    said = found.get("description_chars", [""] * rows)
    return [
        own if cell else (len(text) or None)
        for own, cell, text in zip(stated, said, found["description"], strict=True)
    ]


def _words(kinds: Sequence[JobKind | None], found: Found) -> Iterable[WorkWords | None]:
    """What fixed-price posts' texts say of their work; no other price rests on them."""
    if not any(name in found for name in TEXTS):
        return repeat(None)
    titles, descriptions = (found.get(name, repeat("")) for name in TEXTS)
    return [
        work_words(title, text) if kind is JobKind.FIXED and (title or text) else None
        for kind, title, text in zip(kinds, titles, descriptions, strict=False)
    ]
