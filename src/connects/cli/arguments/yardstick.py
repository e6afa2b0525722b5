"""By whose values the posts of a file are measured: `--values` and `--model`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from connects.cli.arguments.model import model_argument
from connects.cli.arguments.posts import stop
from connects.cli.arguments.rule_book import rule_book
from connects.cli.learning import needs_learning
from connects.estimate.model import Model
from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.pricing.yardstick import Yardstick

USUAL = "fair-2026"

VALUES = click.option(
    "--values",
    metavar="BOOK",
    help=f"the rule book that values all posts, no matter which prices them [default: {USUAL}]",
)
MODEL = click.option(
    "--model", help="let this model estimate what posts leave out, for values and prices"
)


def model_or_none(name: str | None) -> Model | None:
    """The model in a file; None where none was named."""
    if name is None:
        return None
    needs_learning()
    return model_argument(name)


def yardstick(values: str | None, books: Sequence[RuleBook], model: Model | None) -> Yardstick:
    """One measure for all of these rule books; the command stops where their currencies differ."""
    book = rule_book(values) if values else shipped(USUAL)
    if not values and book.currency != books[0].currency:
        book = books[0]
    for other in books:
        if other.currency != book.currency:
            stop(
                f"{other.label} counts in {other.currency}, {book.label} in {book.currency}: shares of"
                " a job's value can be compared in one currency only"
            )
    return Yardstick(book, model.name if model else None)
