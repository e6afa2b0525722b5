"""A rule book with some of its clauses changed, as an arm of a study says it.

    change = { card.multiply = 2, returns.closed_after_hire.percent = 50 }

The keys are those of the rule book's own file, and the outcome is read as strictly as a file is. Only
`card.multiply` is a word of its own: every price of the card that many times as high.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.lab.arms import multiplied
from connects.policy.parse import Problem, RuleBookProblems, parse_rule_book, rule_book_of
from connects.policy.terms import RuleBook
from connects.vocabulary.documents import toml_tables

MULTIPLY_MOST = 1000
SOURCE = "a study's change"


def changed_book(text: str, origin: str, change: Mapping[str, Any]) -> RuleBook:
    """The rule book of that text, with the change. Raises RuleBookProblems."""
    book = parse_rule_book(text, origin)
    if not change:
        return book
    rest = dict(change)
    times = None
    if isinstance(card := rest.get("card"), Mapping) and "multiply" in card:
        rest["card"] = {key: value for key, value in card.items() if key != "multiply"}
        times = _times(card["multiply"], origin)
    book = rule_book_of(_merged(toml_tables(text), rest), origin)
    return book if times is None else multiplied(book, times)


def nested(path: str, value: Any) -> dict[str, Any]:
    """A change of one key, written with dots."""
    first, _, rest = path.partition(".")
    return {first: nested(rest, value) if rest else value}


def _times(value: Any, origin: str) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= MULTIPLY_MOST:
        expected = f"a number from 0 to {MULTIPLY_MOST}"
        raise RuleBookProblems((Problem(origin, "card.multiply", expected, repr(value)[:60]),))
    return float(value)


def _merged(tables: Mapping[str, Any], change: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """The tables with the change's values in their places; lists are replaced as a whole."""
    found = dict(tables)
    for key, value in change.items():
        before = found.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            found[key] = _merged(before, value, depth + 1)
        elif isinstance(value, Mapping) and depth == 0:  # a clause that was not there
            found[key] = {"source": SOURCE, **value}
        else:
            found[key] = value
    return found
