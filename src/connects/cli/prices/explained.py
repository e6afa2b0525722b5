"""One post's price with all that it rests on, for people; for programs it is `price_document`."""

from __future__ import annotations

from collections.abc import Iterator

from connects.estimate.model import Model
from connects.posts.posts import post_of
from connects.posts.rows import ReadRow
from connects.pricing.explained import ExplainedPrice
from connects.pricing.reasons import ASSUMPTIONS
from connects.statements.price_document import inputs_of
from connects.statements.price_steps import step_texts
from connects.statements.price_words import (
    demand_text,
    edit_text,
    interval_text,
    value_text,
)
from connects.statements.words import some_connects
from connects.vocabulary.facts import Estimate


def estimate_for(row: ReadRow, model: Model | None) -> Estimate | None:
    """What the model says of a row; None where there is no model, or it knows no such posts."""
    if model is None or row.row is None:
        return None
    return model.estimate(post_of(row.row, row.cells))


def explained_lines(explained: ExplainedPrice) -> Iterator[str]:
    """The price in words, with all that it rests on and what would change it."""
    answer = explained.price
    currency = explained.book.currency
    interval = interval_text(answer, currency)
    yield f"{some_connects(answer.connects)} by {explained.book.label}"
    yield f"Value: {value_text(answer, currency)}{', ' + interval if interval else ''}"
    yield f"Band: {answer.band}"
    yield f"Demand: {demand_text(explained.demand)}"
    told = inputs_of(explained.facts).items()
    yield from _listed(
        "What the post says",
        [f"{name}: {_said(value)}" for name, value in told if value is not None],
    )
    steps = step_texts(answer, explained.book)
    yield from _listed("Why", [words for _reason, words in steps])
    yield from _listed(
        "What was assumed", [words for reason, words in steps if reason.code in ASSUMPTIONS]
    )
    yield from _listed(
        "What would change it", [edit_text(edit, currency) for edit in explained.edits]
    )


def _said(value: object) -> object:
    """A range as its ends, what was counted of a text by name, anything else as it is."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"least", "most"}:
        return list(value.values())
    return ", ".join(f"{name} {each}" for name, each in value.items())


def _listed(title: str, items: list[str]) -> Iterator[str]:
    yield f"{title}:"
    yield from (f"  {item}" for item in items or ["nothing"])
