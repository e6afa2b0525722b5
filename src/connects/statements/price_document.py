"""An explained price for programs: codes with parameters, and beside each its words.

The command line's `--json` and the HTTP API give this very document, so that what reads one reads the
other. Amounts are minor units of `currency`.
"""

from __future__ import annotations

from dataclasses import asdict, fields

from connects.pricing.edits import Edit
from connects.pricing.explained import ExplainedPrice
from connects.pricing.reasons import ASSUMPTIONS
from connects.statements.price_steps import step_texts
from connects.statements.price_words import demand_text, edit_text, interval_text
from connects.vocabulary.facts import JobFacts, Range, WorkWords
from connects.vocabulary.refusals import Reason


def price_document(explained: ExplainedPrice) -> dict[str, object]:
    """The whole explanation, ready for JSON."""
    price, demand, book = explained.price, explained.demand, explained.book
    return {
        "connects": price.connects,
        "rule_book": book.label,
        "rule_book_title": book.title,
        "digest": book.digest,
        "inputs": inputs_of(explained.facts),
        "currency": book.currency,
        "value_cents": price.value_cents,
        "low_cents": price.low_cents,
        "high_cents": price.high_cents,
        "interval_words": interval_text(price, book.currency),
        "band": price.band,
        "demand_thousandths": demand.index_thousandths,
        "demand_jobs": demand.jobs,
        "demand_words": demand_text(demand),
        "reasons": [reason_document(reason, words) for reason, words in step_texts(price, book)],
        "assumed": [reason.code for reason in price.reasons if reason.code in ASSUMPTIONS],
        "edits": [_edit(edit, book.currency) for edit in explained.edits],
    }


def inputs_of(facts: JobFacts) -> dict[str, object]:
    """What the price is based on, by name; a range as its ends, None if nothing was said."""
    told = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return {
        name: asdict(value) if isinstance(value, Range | WorkWords) else value
        for name, value in told.items()
    }


def reason_document(reason: Reason, words: str) -> dict[str, object]:
    """One step of a price: its code with parameters, and its words."""
    return {
        "code": reason.code,
        "parameters": dict(reason.parameters),
        "words": words,
        "assumed": reason.code in ASSUMPTIONS,
    }


def _edit(edit: Edit, currency: str) -> dict[str, object]:
    return {
        "code": edit.code,
        "parameters": dict(edit.parameters),
        "connects": edit.connects,
        "words": edit_text(edit, currency),
    }
