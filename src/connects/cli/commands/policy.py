"""`connects policy`: check, show and compare rule books."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from connects.cli.arguments.rule_book import rule_book
from connects.cli.commands.policy_fit import fit_card
from connects.policy.compare import compare
from connects.policy.explain import explain
from connects.policy.parse import load_rule_book
from connects.policy.shelf import find, is_shipped
from connects.pricing.book_check import check_book
from connects.statements.break_words import break_text
from connects.statements.examples import example_prices


@click.group()
def policy() -> None:
    """Check, show, compare and fit rule books."""


policy.add_command(fit_card)


@policy.command(short_help="Check rule books: files, or shipped ones by name.")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--monotone", is_flag=True, help="also check that prices and values never fall as jobs grow"
)
def check(files: tuple[str, ...], *, monotone: bool) -> None:
    """Check FILES, or shipped rule books by name; exit 2 and name every problem that they have.

    With --monotone, posts on both sides of every step of the card, and of every length, hours and level,
    are priced: a higher budget or rate must never lower the price, and a longer, fuller or more senior
    job must never lower the projected value. The first pair that breaks this is named.
    """
    problems = 0
    for file in files:
        by_name = is_shipped(file) and not Path(file).exists()
        load = partial(find, file) if by_name else partial(load_rule_book, Path(file))
        found = check_book(load, monotone=monotone)
        problems += len(found.problems) + (found.falls is not None)
        for problem in found.problems:
            click.echo(problem)
        if found.book is not None:
            book, rises = found.book, ", more money never costs less" if monotone else ""
            falls = "" if found.falls is None else break_text(found.falls, book.currency)
            said = f"{file}: {book.label}: {falls}" if falls else f"{file}: ok, {book.label}{rises}"
            click.echo(said)
    sys.exit(2 if problems else 0)


@policy.command(short_help="Print a rule book in plain words.")
@click.argument("name")
def show(name: str) -> None:
    """Print the rule book NAME (or a file's path) in plain words."""
    book = rule_book(name)
    click.echo(f"{book.title} ({book.label}), from {book.effective}")
    click.echo(f"Source: {book.source}")
    for section in explain(book):
        click.echo(f"\n{section.title}")
        for line in section.lines:
            click.echo(f"  - {line}")
        click.echo(f"  Source: {section.source}")
    click.echo("\nFor example, at average demand")
    for words, connects in example_prices(book):
        click.echo(f"  - {words}: {_connects(connects)}")


@policy.command(short_help="Say what changes for a freelancer between two of them.")
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """Print what changes for a freelancer from the rule book BEFORE to AFTER."""
    old, new = rule_book(before), rule_book(after)
    differences = compare(old, new)
    if not differences:
        click.echo("Nothing changes for a freelancer.")
    for difference in differences:
        click.echo(difference.topic)
        for line in difference.before:
            click.echo(f"  - {line}")
        for line in difference.after:
            click.echo(f"  + {line}")
        click.echo()
    click.echo("For example, at average demand")
    for (words, was), (_, will_be) in zip(example_prices(old), example_prices(new), strict=True):
        change = f" → {_connects(will_be)}" if was != will_be else ", as before"
        click.echo(f"  {words}: {_connects(was)}{change}")


def _connects(number: int) -> str:
    return "1 Connect" if number == 1 else f"{number:,} Connects"
