"""`connects price`: price real posts in bulk."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from connects.cli.arguments.model import model_argument, say_what_is_pooled
from connects.cli.arguments.posts import (
    LEAST,
    MAP,
    check_outputs,
    exit_where_too_little,
    posts_file,
    reading_document,
    stop,
)
from connects.cli.arguments.rule_book import rule_book
from connects.cli.learning import needs_learning
from connects.cli.prices.answers import Answered, Asked, answered
from connects.cli.prices.explained import estimate_for, explained_lines
from connects.cli.prices.summary import Summary
from connects.estimate.model import Model
from connects.policy.terms import RuleBook
from connects.posts.output import OutputRefused, standard_output, whole_file
from connects.posts.rows import ReadRow
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
@click.option("--model", help="let this model, not medians, estimate what posts leave out")
@click.option("--explain", metavar="JOB_ID", help="explain this post's price in full")
@MAP
@LEAST
def price_posts(file: str, policy: str, *, as_json: bool, **told: Any) -> None:
    """Price the posts in FILE: CSV, JSON, JSON Lines, Excel or Parquet, compressed or not; - reads CSV or
    JSON from standard input.
    """
    settings = _Settings(file, as_json=as_json, **told)
    book = rule_book(policy)
    check_outputs([settings.out], [file, settings.map_file, settings.model])
    learned = None if settings.model is None else model_argument(settings.model)
    if settings.explain is not None:
        _explain(settings, settings.explain, book, learned)
        return
    if learned is not None:
        needs_learning()
    _price(settings, book, learned)


@dataclass(frozen=True, slots=True)
class _Settings:
    """The command's options."""

    file: str
    out: str | None
    compare: str | None
    model: str | None
    explain: str | None
    map_file: str | None
    least: float
    as_json: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.compare,) if self.compare else ()


def _price(settings: _Settings, book: RuleBook, model: Model | None) -> None:
    quiet = settings.as_json
    asked: Asked = Counter()
    try:
        with (
            posts_file(
                settings.file, settings.map_file, settings.columns, book.currency, quiet=quiet
            ) as file,
            _prices_to(settings.out, book.currency, file.raw.unit) as emit,
        ):
            summary = Summary(tuple(book.card.ladder), file.raw.unit)
            _price_all(answered(file.rows(), book, model, asked), settings.compare, summary, emit)
    except OutputRefused as error:
        stop(str(error))
    if model is not None and not quiet:
        say_what_is_pooled(asked, model)
    shown = {**summary.as_json(), "file": reading_document(file)}
    text = json.dumps(shown, indent=2) if settings.as_json else "\n".join(summary.as_lines())
    click.echo(text, err=settings.out == "-")
    exit_where_too_little(file, summary.priced, settings.least)


def _explain(settings: _Settings, job_id: str, book: RuleBook, model: Model | None) -> None:
    with posts_file(
        settings.file, settings.map_file, (), book.currency, quiet=settings.as_json
    ) as file:
        row = next((r for r in file.rows() if r.row and r.row.job_id == job_id), None)
    if row is None or row.row is None:
        stop(f"{settings.file}: there is no readable post {job_id}")
    if model is not None and not settings.as_json:
        say_what_is_pooled({(row.row.source, row.row.facts.kind): 1}, model)
    answer = explained_price(row.row.facts, book, estimate=estimate_for(row, model))
    if isinstance(answer, Refused):
        stop(f"{settings.file}: post {job_id}: {_words(answer)}")
    if settings.as_json:
        click.echo(json.dumps(price_document(answer), indent=2))
    else:
        click.echo("\n".join(explained_lines(answer)))


@contextmanager
def _prices_to(out: str | None, currency: str, unit: str) -> Iterator[Emit]:
    """A place for the prices: nowhere, standard output, or a file that is there once it is whole."""
    if out is None:
        yield lambda _row, _price, _error: None
        return
    with standard_output() if out == "-" else whole_file(out) as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)

        def emit(row: ReadRow, answer: Price | None, error: str) -> None:
            problem = f"{unit} {row.line}: {error}" if error else ""
            cells = _out_cells(row, answer, problem, currency)
            writer.writerow([as_cell(value) for value in cells])

        yield emit


def _out_cells(row: ReadRow, answer: Price | None, error: str, currency: str) -> tuple[object, ...]:
    job_id = row.cells.get("job_id", "").replace("\0", "")[:100]
    job_id = job_id.encode("utf-8", "replace").decode()
    if answer is None:
        return (job_id, "", "", "", "", error)
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
    problem = str(refused.parameters.get("problem")).replace("_", " ")
    return f"{refused.parameters.get('field')}: {problem}"


def _compare(row: ReadRow, answer: Price, column: str, summary: Summary) -> None:
    real = whole_number(row.cells.get(column, "").removesuffix(".0"), most=99_999)
    if row.row is not None and real is not None:
        summary.see_real(row.row, real, answer.connects, row.cells)
