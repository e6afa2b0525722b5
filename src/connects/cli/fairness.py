"""`connects fairness`: what proposals cost as a share of the jobs, under any rule book over any posts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import click

from connects.cli.posts_argument import (
    LEAST,
    MAP,
    exit_where_too_little,
    posts_file,
    refuse_input_as_output,
    stop,
)
from connects.cli.priced_posts import priced_posts
from connects.cli.rule_book_argument import rule_book
from connects.policy.terms import RuleBook
from connects.posts.output import OutputRefused, write_whole
from connects.posts.reading import PostsFile
from connects.pricing.burden import Fairness, credit_price, fairness
from connects.studies.fairness_report import report, summary


@click.command("fairness")
@click.argument("file")
@click.option(
    "--policy", "policies", multiple=True, required=True, help="a rule book; may be repeated"
)
@click.option("--source", help="only the posts whose column `source` says this")
@click.option("--out", help="write the report with plots to this HTML file")
@MAP
@LEAST
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def fairness_of(
    file: str,
    policies: tuple[str, ...],
    source: str | None,
    out: str | None,
    map_file: str | None,
    least: float,
    *,
    as_json: bool,
) -> None:
    """Say what proposals to the posts in FILE cost as a share of their value, group by group."""
    refuse_input_as_output([out], [file, map_file])
    books = [rule_book(name) for name in policies]
    # What is to be said of the file is said once.
    each = [
        _burden(file, map_file, book, source, quiet=as_json or place > 0)
        for place, book in enumerate(books)
    ]
    found = [(book, own.burden) for book, own in zip(books, each, strict=True)]
    if out is not None:
        said = f"{Path(file).name}{f', source {source}' if source else ''}"
        try:
            write_whole(out, report(said, found), [file])
        except OutputRefused as error:
            stop(str(error))
    if as_json:
        click.echo(json.dumps({book.label: asdict(burden) for book, burden in found}, indent=2))
    else:
        for book, burden in found:
            click.echo(summary(book, burden))
        if out is not None:
            click.echo(f"{out}: the report, with plots and all groups")
    exit_where_too_little(each[0].file, each[0].priced, least)


class _Found(NamedTuple):
    burden: Fairness
    file: PostsFile
    priced: int


def _burden(
    file: str, map_file: str | None, book: RuleBook, source: str | None, *, quiet: bool
) -> _Found:
    with posts_file(file, map_file, (), book.currency, quiet=quiet) as table:
        posts, priced = priced_posts(table, book, source)
    burden = fairness(posts, credit_price(book))
    if burden is None:
        stop(f"{file}: no post of it can be priced under {book.label}")
    return _Found(burden, table, priced)
