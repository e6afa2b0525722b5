"""`connects fairness`: what proposals cost as a share of the jobs, under any rule book over any posts."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from connects.cli.job_table import TableUnreadable
from connects.cli.priced_posts import priced_posts
from connects.cli.rule_book_argument import rule_book
from connects.lab.fairness_report import report, summary
from connects.policy.terms import RuleBook
from connects.pricing.burden import Fairness, credit_price, fairness


@click.command("fairness")
@click.argument("file")
@click.option(
    "--policy", "policies", multiple=True, required=True, help="a rule book; may be repeated"
)
@click.option("--source", help="only the posts whose column `source` says this")
@click.option("--out", help="write the report with plots to this HTML file")
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def fairness_of(
    file: str, policies: tuple[str, ...], source: str | None, out: str | None, *, as_json: bool
) -> None:
    """Say what proposals to the posts in FILE cost as a share of their value, group by group."""
    found: list[tuple[RuleBook, Fairness]] = []
    for name in policies:
        book = rule_book(name)
        try:
            posts = priced_posts(file, book, source)
        except TableUnreadable as error:
            _stop(str(error))
        burden = fairness(posts, credit_price(book))
        if burden is None:
            _stop(f"{file}: no post of it can be priced under {book.label}")
        found.append((book, burden))
    if out is not None:
        said = f"{Path(file).name}{f', source {source}' if source else ''}"
        try:
            Path(out).write_text(report(said, found), encoding="utf-8")
        except OSError as error:
            _stop(f"{out}: {error.strerror or error}")
    if as_json:
        click.echo(json.dumps({book.label: asdict(burden) for book, burden in found}, indent=2))
        return
    for book, burden in found:
        click.echo(summary(book, burden))
    if out is not None:
        click.echo(f"{out}: the report, with plots and all groups")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
