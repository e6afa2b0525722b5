"""A batch's columns as texts by our names, each made when somebody asks for it.

Prices rest on facts; texts are for estimates, comparisons and reports, and most runs need few of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from connects.posts.cells import long_texts, number_word
from connects.posts.columns import LATE, NUMBERS
from connects.posts.names import AMOUNTS
from connects.posts.tables import each
from connects.vocabulary.facts import JobKind


class Texts(Mapping[str, Sequence[str]]):
    """Columns of texts; a post's kind is the one that it was read as, and amounts have none."""

    __slots__ = ("_found", "_ids", "_kinds", "_made")

    def __init__(
        self,
        found: Mapping[str, Sequence[Any]],
        ids: Sequence[str],
        kinds: Sequence[JobKind | None],
    ) -> None:
        self._found, self._ids, self._kinds = found, ids, kinds
        self._made: dict[str, Sequence[str]] = {"job_id": ids}

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._made:
            self._made[name] = self._column(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys(("job_id", *self._found, "kind"))
        return (name for name in names if name not in AMOUNTS)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _column(self, name: str) -> Sequence[str]:
        if name == "kind":
            return self._of_kinds()
        if name in AMOUNTS:
            raise KeyError(name)
        values = self._found[name]
        if name in LATE:
            return long_texts(values)
        if name == "duration":
            return each(values, attrgetter("word"))
        if name in NUMBERS:
            return each(values, lambda number: "" if number is None else number_word(number))
        return values

    def _of_kinds(self) -> Sequence[str]:
        stated: Sequence[str] = self._found.get("kind", [""] * len(self._ids))
        if "" not in stated:
            return stated
        pairs = zip(stated, self._kinds, strict=True)
        return [own or (kind.value if kind else "") for own, kind in pairs]
