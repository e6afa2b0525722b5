"""`connects price`: price real posts in bulk."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from connects.cli.job_table import ReadRow, TableUnreadable, open_table, read_table
from connects.cli.learning import needs_learning
from connects.cli.model_argument import model_argument
from connects.cli.price_answers import Answered, answered
from connects.cli.price_explained import estimate_for, explained_lines
from connects.cli.price_summary import Summary
from connects.cli.rule_book_argument import rule_book
from connects.estimate.model import Model
from connects.policy.terms import RuleBook
from connects.pricing.explained import explain as explained_price
from connects.pricing.quote import Price
from connects.statements.price_document import price_document
from connects.vocabulary.amounts import decimal_from_cents
from connects.vocabulary.csv_lines import as_cell
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import whole_number

COLUMNS = ("job_id", "connects", "band", "value", "reasons", "error")
PROGRESS_EVERY = 50_000

Emit = Callable[[ReadRow, Price | None, str], None]


@click.command("price")
@click.argument("file")
@click.option("--policy", required=True, help="a rule book's name, or its file's path")
@click.option("--out", help="write the prices to this CSV file (- for standard output)")
@click.option("--json", "as_json", is_flag=True, help="print the summary as JSON")
@click.option("--compare", metavar="COLUMN", help="compare with the real prices in this column")
@click.option("--model", help="estimate what posts leave out by this model, not by medians")
@click.option("--explain", metavar="JOB_ID", help="say all that this post's price rests on")
def price_posts(
    file: str,
    policy: str,
    out: str | None,
    compare: str | None,
    model: str | None,
    explain: str | None,
    *,
    as_json: bool,
) -> None:
    """Price the posts in FILE: CSV, gzipped CSV, or - for standard input."""
    book = rule_book(policy)
    learned = None if model is None else model_argument(model)
    if explain is not None:
        _explain(file, explain, book, learned, as_json=as_json)
        return
    if learned is not None:
        needs_learning()
    summary = Summary(tuple(book.card.ladder))
    try:
        with open_table(file) as stream, _prices_to(out, book.currency) as emit:
            rows = read_table(stream, file, (compare,) if compare else ())
            _price_all(answered(rows, book, learned), compare, summary, emit)
    except TableUnreadable as error:
        _stop(str(error))
    text = json.dumps(summary.as_json(), indent=2) if as_json else "\n".join(summary.as_lines())
    click.echo(text, err=out == "-")


def _explain(file: str, job_id: str, book: RuleBook, model: Model | None, *, as_json: bool) -> None:
    try:
        with open_table(file) as stream:
            rows = (r for r in read_table(stream, file) if r.row and r.row.job_id == job_id)
            row = next(rows, None)
    except TableUnreadable as error:
        _stop(str(error))
    if row is None or row.row is None:
        _stop(f"{file}: there is no readable post {job_id}")
    answer = explained_price(row.row.facts, book, estimate=estimate_for(row, model))
    if isinstance(answer, Refused):
        _stop(f"{file}: post {job_id}: {_words(answer)}")
    if as_json:
        click.echo(json.dumps(price_document(answer), indent=2))
    else:
        click.echo("\n".join(explained_lines(answer)))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


@contextmanager
def _prices_to(out: str | None, currency: str) -> Iterator[Emit]:
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
        yield lambda row, answer, error: writer.writerow(
            [as_cell(value) for value in _out_cells(row, answer, error, currency)]
        )
    finally:
        if out != "-":
            target.close()


def _out_cells(row: ReadRow, answer: Price | None, error: str, currency: str) -> tuple[object, ...]:
    job_id = row.cells.get("job_id", "").replace("\0", "")[:100]
    if answer is None:
        return (job_id, "", "", "", "", f"line {row.line}: {error}")
    reasons = "|".join(reason.code for reason in answer.reasons)
    value = decimal_from_cents(answer.value_cents, currency)
    return (job_id, answer.connects, answer.band, value, reasons, "")


def _price_all(
    answers: Iterator[Answered], compare: str | None, summary: Summary, emit: Emit
) -> None:
    for row, answer in answers:
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
    real = whole_number(row.cells.get(column, ""), most=99_999)
    if row.row is not None and real is not None:
        summary.see_real(row.row, real, answer.connects, row.cells)
