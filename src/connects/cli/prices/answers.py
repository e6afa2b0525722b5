"""Prices of a stream of rows, with the estimates of a model where one is given.

A model answers many posts together far faster than one by one, so the rows are taken in batches; and
only for posts whose price rests on an estimate, which most do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from connects.estimate.model import Model
from connects.policy.terms import RuleBook
from connects.posts.posts import post_of
from connects.posts.rows import ReadRow
from connects.pricing.quote import Price, price
from connects.pricing.value import uses_estimate
from connects.vocabulary.facts import Estimate, JobKind
from connects.vocabulary.refusals import Refused

BATCH = 2_000
Asked = Counter[tuple[str, JobKind]]


class Answered(NamedTuple):
    """A row and its price; None where the row could not be read."""

    row: ReadRow
    answer: Price | Refused | None


def answered(
    rows: Iterator[ReadRow], book: RuleBook, model: Model | None, asked: Asked | None = None
) -> Iterator[Answered]:
    """Every row with its price, in the rows' order; `asked` counts the posts that the model was asked."""
    for row, estimate in estimated(rows, (book,), model, asked):
        yield Answered(row, _priced(row, book, estimate))


def _priced(row: ReadRow, book: RuleBook, estimate: Estimate | None) -> Price | Refused | None:
    return None if row.row is None else price(row.row.facts, book, estimate=estimate)


def estimated(
    rows: Iterator[ReadRow],
    books: Sequence[RuleBook],
    model: Model | None,
    asked: Asked | None = None,
) -> Iterator[tuple[ReadRow, Estimate | None]]:
    """Every row with its estimate, where one of the rule books needs it and the model knows one."""
    asked = Counter() if asked is None else asked
    if model is None:
        for row in rows:
            yield row, None
        return
    while batch := list(islice(rows, BATCH)):
        estimates = _estimates(batch, books, model, asked)
        for place, row in enumerate(batch):
            yield row, estimates.get(place)


def _estimates(
    batch: Sequence[ReadRow], books: Sequence[RuleBook], model: Model, asked: Asked
) -> dict[int, Estimate]:
    """Estimates by the row's place in the batch, for those that need one and are known to the model."""
    posts = {
        place: post_of(row.row, row.cells)
        for place, row in enumerate(batch)
        if row.row is not None and any(uses_estimate(row.row.facts, book.value) for book in books)
    }
    asked.update((post.source, post.kind) for post in posts.values())
    found = model.estimate_many(list(posts.values()))
    return {
        place: estimate
        for place, estimate in zip(posts, found, strict=True)
        if estimate is not None
    }
