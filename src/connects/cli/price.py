"""`connects price`: price real posts in bulk."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from connects.cli.job_table import ReadRow, TableUnreadable, open_table, read_table
from connects.cli.price_summary import Summary
from connects.cli.rule_book_argument import rule_book
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.vocabulary.amounts import decimal_from_cents
from connects.vocabulary.refusals import Refused

COLUMNS = ("job_id", "connects", "band", "value", "reasons", "error")
PROGRESS_EVERY = 50_000

Emit = Callable[[ReadRow, Price | None, str], None]


@click.command("price")
@click.argument("file")
@click.option("--policy", required=True, help="a rule book's name, or its file's path")
@click.option("--out", help="write the prices to this CSV file (- for standard output)")
@click.option("--json", "as_json", is_flag=True, help="print the summary as JSON")
@click.option("--compare", metavar="COLUMN", help="compare with the real prices in this column")
def price_posts(
    file: str, policy: str, out: str | None, compare: str | None, *, as_json: bool
) -> None:
    """Price the posts in FILE: CSV, gzipped CSV, or - for standard input."""
    book = rule_book(policy)
    summary = Summary(tuple(book.card.ladder))
    try:
        with open_table(file) as stream, _prices_to(out) as emit:
            rows = read_table(stream, file, (compare,) if compare else ())
            _price_all(rows, book, compare, summary, emit)
    except TableUnreadable as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    text = json.dumps(summary.as_json(), indent=2) if as_json else "\n".join(summary.as_lines())
    click.echo(text, err=out == "-")


@contextmanager
def _prices_to(out: str | None) -> Iterator[Emit]:
    """A place for the prices: nowhere, standard output, or a file."""
    if out is None:
        yield lambda _row, _price, _error: None
        return
    try:
        target = (
            sys.stdout
            if out == "-"
            else Path(out).open(  # noqa: SIM115 closed below
                "w", newline="", encoding="utf-8"
            )
        )
    except OSError as error:
        click.echo(f"{out}: {error.strerror or error}", err=True)
        sys.exit(2)
    try:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        yield lambda row, answer, error: writer.writerow(_out_cells(row, answer, error))
    finally:
        if out != "-":
            target.close()


def _out_cells(row: ReadRow, answer: Price | None, error: str) -> tuple[object, ...]:
    job_id = row.cells.get("job_id", "").replace("\0", "")[:100]
    if answer is None:
        return (job_id, "", "", "", "", f"line {row.line}: {error}")
    reasons = "|".join(reason.code for reason in answer.reasons)
    value = decimal_from_cents(answer.value_cents)
    return (job_id, answer.connects, answer.band, value, reasons, "")


def _price_all(
    rows: Iterator[ReadRow], book: RuleBook, compare: str | None, summary: Summary, emit: Emit
) -> None:
    for row in rows:
        answer = None if row.row is None else price(row.row.facts, book)
        if isinstance(answer, Price):
            summary.see_price(answer)
            emit(row, answer, "")
            if compare is not None:
                _compare(row, answer, compare, summary)
        else:
            problem = _words(answer) if isinstance(answer, Refused) else row.problem
            summary.see_problem(row.line, problem)
            emit(row, None, problem)
        if summary.rows % PROGRESS_EVERY == 0:
            click.echo(f"{summary.rows:,} rows …", err=True)


def _words(refused: Refused) -> str:
    return f"{refused.parameters.get('field')}: {refused.parameters.get('problem')}"


def _compare(row: ReadRow, answer: Price, column: str, summary: Summary) -> None:
    real = row.cells.get(column, "").strip()
    if row.row is not None and real.isascii() and real.isdigit() and len(real) < 6:
        summary.see_real(row.row, int(real), answer.connects, row.cells)
