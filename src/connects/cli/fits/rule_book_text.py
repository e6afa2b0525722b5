"""The rule book that a fit makes: read back, found whole, and proved to let no money cost less."""

from __future__ import annotations

from pathlib import Path

from connects.cli.arguments.posts import stop
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.shelf import is_shipped, shipped_text
from connects.policy.terms import RuleBook
from connects.pricing.monotone import first_break
from connects.statements.break_words import break_text
from connects.studies.card_fit import Fit
from connects.studies.fitted_book import with_card


def fitted_text(base: str, book: RuleBook, found: Fit, name: str, file: str) -> str:
    """The new rule book's text; the command stops where it is not whole, or breaks the monotone rule."""
    text = shipped_text(base) if is_shipped(base) else Path(base).read_text(encoding="utf-8")
    verdict = "meets its targets" if found.is_met else "misses its targets least"
    source = f"fitted from {book.label} to {file} by connects policy fit; {verdict}"
    made = with_card(text, found.card, name, source.replace('"', "'").replace("\\", "/"))
    try:
        fitted = parse_rule_book(made, name)
    except RuleBookProblems as error:
        stop(str(error))
    broken = first_break(fitted)
    if broken is not None:
        stop(
            f"Nothing was written: under the rule book that was fitted from {book.label},"
            f" {break_text(broken, fitted.currency)}"
        )
    return made
