"""One post's price with all that it rests on, for people and as codes with parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from connects.cli.job_table import ReadRow
from connects.cli.post_rows import post_of
from connects.estimate.model import Model
from connects.policy.terms import RuleBook
from connects.pricing.edits import edits
from connects.pricing.quote import AVERAGE_DEMAND, Price
from connects.pricing.reasons import ASSUMPTIONS
from connects.statements.price_words import (
    assumed_texts,
    demand_text,
    edit_text,
    interval_text,
    reason_text,
)
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import Estimate, JobFacts, Range
from connects.vocabulary.refusals import Reason


def estimate_for(row: ReadRow, model: Model | None) -> Estimate | None:
    """What the model says of a row; None where there is no model, or it knows no such posts."""
    if model is None or row.row is None:
        return None
    return model.estimate(post_of(row.row, row.cells))


def explained_lines(
    facts: JobFacts, book: RuleBook, answer: Price, estimate: Estimate | None
) -> Iterator[str]:
    """The price in words, with all that it rests on and what would change it."""
    interval = interval_text(answer)
    yield f"{answer.connects} Connects by {book.label}"
    yield f"Value: {Money(answer.value_cents)}{', ' + interval if interval else ''}"
    yield f"Band: {answer.band}"
    yield f"Demand: {demand_text(AVERAGE_DEMAND)}"
    yield from _listed("What the post says", [f"{n}: {v}" for n, v in _inputs(facts).items()])
    yield from _listed("Why", [reason_text(reason) for reason in answer.reasons])
    yield from _listed("What was assumed", assumed_texts(answer))
    found = edits(facts, book, AVERAGE_DEMAND, estimate)
    yield from _listed("What would change it", [edit_text(edit) for edit in found])


def _listed(title: str, items: list[str]) -> Iterator[str]:
    yield f"{title}:"
    yield from (f"  {item}" for item in items or ["nothing"])


def explained_codes(
    facts: JobFacts, book: RuleBook, answer: Price, estimate: Estimate | None
) -> dict[str, object]:
    """The same as codes with parameters."""
    found = edits(facts, book, AVERAGE_DEMAND, estimate)
    return {
        "connects": answer.connects,
        "rule_book": book.label,
        "digest": book.digest,
        "inputs": _inputs(facts),
        "value_cents": answer.value_cents,
        "low_cents": answer.low_cents,
        "high_cents": answer.high_cents,
        "band": answer.band,
        "demand_thousandths": AVERAGE_DEMAND.index_thousandths,
        "reasons": [_coded(reason) for reason in answer.reasons],
        "assumed": [reason.code for reason in answer.reasons if reason.code in ASSUMPTIONS],
        "edits": [
            {"code": e.code, "parameters": e.parameters, "connects": e.connects} for e in found
        ],
    }


def _coded(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "parameters": dict(reason.parameters)}


def _inputs(facts: JobFacts) -> dict[str, object]:
    """The facts that are known, by name; a range as its ends."""
    known = ((each.name, getattr(facts, each.name)) for each in fields(facts))
    return {
        name: [value.least, value.most] if isinstance(value, Range) else value
        for name, value in known
        if value is not None
    }
