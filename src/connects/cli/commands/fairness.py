"""`connects fairness`: what proposals cost as a share of the jobs, under any rule book over any posts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from connects.cli.arguments.posts import (
    LEAST,
    MAP,
    check_outputs,
    exit_where_too_little,
    posts_file,
    say_sources,
    stop,
)
from connects.cli.arguments.rule_book import rule_book
from connects.cli.arguments.yardstick import MODEL, VALUES, model_or_none, yardstick
from connects.cli.plain_text import figures_table, paragraph
from connects.cli.prices.priced_posts import priced_posts
from connects.policy.terms import RuleBook
from connects.posts.output import OutputRefused, write_whole
from connects.pricing.burden import Fairness, PricedPost, credit_price, fairness
from connects.pricing.yardstick import Yardstick
from connects.studies.fairness_report import cells, report, summary, times

HEAD = (
    "rule book",
    "Connects,\nmean",
    "mean\nshare",
    "95 % interval\nof the mean",
    "median\nshare",
    "least valued :\nmost valued",
)


@click.command("fairness")
@click.argument("file")
@click.option(
    "--policy", "policies", multiple=True, required=True, help="a rule book; may be repeated"
)
@VALUES
@MODEL
@click.option("--source", help="only the posts with this value in their column `source`")
@click.option("--out", help="write the report with plots to this HTML file")
@MAP
@LEAST
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def fairness_of(file: str, **options: Any) -> None:
    """Say what proposals to the posts in FILE cost as a share of their value, group by group.

    All rule books are measured on the same values.
    """
    settings = _Settings(**options)
    check_outputs([settings.out], [file, settings.map_file, settings.model])
    books = [rule_book(name) for name in settings.policies]
    learned = model_or_none(settings.model)
    measure = yardstick(settings.values, books, learned)
    with posts_file(
        file, settings.map_file, (), measure.book.currency, quiet=settings.as_json
    ) as table:
        priced = priced_posts(table, books, measure, learned, settings.source)
    say_sources(table, priced.sources, quiet=settings.as_json)
    found = [_burden(file, book, posts) for book, posts in zip(books, priced.under, strict=True)]
    if settings.out is not None:
        said = f"{Path(file).name}{f', source {settings.source}' if settings.source else ''}"
        try:
            write_whole(settings.out, report(said, found, measure), [file])
        except OutputRefused as error:
            stop(str(error))
    if settings.as_json:
        click.echo(json.dumps(_document(found, measure), indent=2))
    else:
        _say(found, measure, settings.out)
    exit_where_too_little(table, priced.priced, settings.least)


@dataclass(frozen=True, slots=True)
class _Settings:
    """The command's options."""

    policies: tuple[str, ...]
    values: str | None
    model: str | None
    source: str | None
    out: str | None
    map_file: str | None
    least: float
    as_json: bool


def _burden(file: str, book: RuleBook, posts: list[PricedPost]) -> tuple[RuleBook, Fairness]:
    burden = fairness(posts, credit_price(book))
    if burden is None:
        stop(f"{file}: no post of it can be priced under {book.label}")
    return book, burden


def _document(
    found: list[tuple[RuleBook, Fairness]], measure: Yardstick
) -> dict[str, dict[str, object]]:
    """The figures of each rule book, with whose values they are shares of."""
    whose = {"values": measure.book.label, "model": measure.model}
    return {book.label: {**whose, **asdict(burden)} for book, burden in found}


def _say(found: list[tuple[RuleBook, Fairness]], measure: Yardstick, out: str | None) -> None:
    gentlest = min(found, key=lambda each: each[1].whole.mean)
    click.echo(paragraph(summary(*gentlest)))
    if len(found) > 1:
        click.echo(
            "\nSide by side, the gentlest first (what a proposal costs, % of the job's value):"
        )
        ordered = sorted(found, key=lambda each: each[1].whole.mean)
        for line in figures_table(HEAD, [_row(*each) for each in ordered]):
            click.echo(f"  {line}")
    click.echo("\n" + paragraph(measure.words))
    if out is not None:
        click.echo(f"{out}: the report, with plots and all groups")


def _row(book: RuleBook, found: Fairness) -> tuple[str, ...]:
    """A rule book's line under `HEAD`."""
    label, _, _, connects, mean, interval, median = (
        book.label,
        *cells(found.whole, book.currency)[1:],
    )
    return label, connects, mean, interval, median, times(found)
