"""`connects estimate`: learn projected values from past posts, and see how well that does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import metadata
from pathlib import Path

import click

from connects.bootstrap.clock import now
from connects.bootstrap.estimates import model_path
from connects.cli.arguments.model import model_argument, say_what_is_pooled
from connects.cli.arguments.posts import (
    MAP,
    check_outputs,
    map_argument,
    say_columns,
    say_remarks,
    stop,
)
from connects.cli.commands.estimate_figures import lines
from connects.cli.commands.estimate_history import history
from connects.cli.commands.estimate_placeholders import placeholders
from connects.cli.learning import needs_learning
from connects.estimate.influences import influences
from connects.estimate.medians import GROUPS, medians_of
from connects.estimate.model import Model
from connects.estimate.model_file import write_model
from connects.estimate.posts import Post
from connects.posts.posts import PostTable, read_posts
from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import Estimate, JobKind

FEWEST_IN_A_MEDIAN = 30
FILE = click.argument("file")
MODEL = click.option("--model", help="the model's file; without it, the one trained last")


@click.group()
def estimate() -> None:
    """Learn projected values from past posts, and measure how good they are."""


estimate.add_command(placeholders)
estimate.add_command(history)


@estimate.command()
@FILE
@click.option("--out", help="the file to write; without it, where `connects run` looks for it")
@MAP
def train(file: str, out: str | None, map_file: str | None) -> None:
    """Learn from the posts in FILE and write a model."""
    needs_learning()
    target = Path(out) if out else model_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{target}: {error.strerror or error}")
    check_outputs([str(target)], [file, map_file])
    table = _table(file, map_file)
    model = _trained(table, table.posts)
    if not model.learned.pools:
        stop(f"{file}: there are no 20 posts of a kind that state their budget or rate")
    try:
        write_model(model, target)
    except OSError as error:
        stop(f"{target}: {error.strerror or error}")
    for (source, kind), each in model.learned.estimators.items():
        click.echo(f"Source {source or '(none)'}, {kind}: {_how_good(each.figures)}")
    for kind, pool in model.learned.pools.items():
        sources = f"{pool.figures['sources']:.0f} sources together"
        click.echo(f"All {sources}, for sources unknown, {kind}: {_how_good(pool.figures)}")
    click.echo(f"{target}: model {model.name}, {target.stat().st_size:,} bytes")


def _how_good(figures: Mapping[str, float]) -> str:
    return (
        f"{figures['posts']:,.0f} posts; mean error of the logarithm {figures['mae_log']:.4f},"
        f" 80 % intervals hold {figures['coverage_80']:.1%}"
    )


@estimate.command(short_help="Compare estimates with the budgets in a file.")
@FILE
@MODEL
@MAP
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def evaluate(file: str, model: str | None, map_file: str | None, *, as_json: bool) -> None:
    """Compare estimates with the fixed budgets in FILE, by source, beside simple medians.

    The model estimates every post. Without a model, or with one trained on this very file, a new one
    learns from the first three quarters of each source, and estimates the rest.
    """
    needs_learning()
    from connects.estimate import evaluation

    table = _table(file, map_file)
    found = None if model is None and not model_path().exists() else model_argument(model)
    asked: tuple[Post, ...] = table.posts
    if found is None or found.digest == table.digest:
        parts = evaluation.split(table.posts)
        found, asked = _trained(table, parts.learn), parts.ask
        for source, by in parts.by.items():
            click.echo(f"Source {source or '(none)'}: split by {by}", err=True)
    figures = evaluation.evaluate(found, asked)
    say_what_is_pooled(Counter((p.source, p.kind) for p in asked if p.target_cents), found)
    told = json.dumps({"sources": figures}, indent=2) if as_json else "\n".join(lines(figures))
    click.echo(told)


TABLE_CURRENCY = "USD"
"""A table of posts says its amounts in dollars, and so does a model that learned from one."""


@estimate.command(short_help="Say what a post is worth by the model, and why.")
@FILE
@click.argument("job_id")
@MODEL
@MAP
def explain(file: str, job_id: str, model: str | None, map_file: str | None) -> None:
    """Say what the post JOB_ID in FILE is worth by the model, and why."""
    table = _table(file, map_file)
    found = model_argument(model)
    post = next((post for post in table.posts if post.job_id == job_id), None)
    if post is None:
        stop(f"{file}: there is no readable post {job_id}")
    answer = found.estimate(post)
    if answer is None:
        stop(f"The model {found.name} knows nothing of {post.kind} jobs")
    say_what_is_pooled({(post.source, post.kind): 1}, found)
    click.echo(_explained(post, answer))
    for influence in influences(found, post):
        click.echo(
            f"  without its {influence.input}: {Money(influence.cents_without, TABLE_CURRENCY)}"
        )


def _explained(post: Post, answer: Estimate) -> str:
    what = "budget" if post.kind is JobKind.FIXED else "rate an hour"
    stated = post.budget_cents if post.kind is JobKind.FIXED else post.rate_cents
    said = "none" if stated is None else str(Money(stated, TABLE_CURRENCY))
    low, high = (Money(cents, TABLE_CURRENCY) for cents in (answer.low_cents, answer.high_cents))
    return (
        f"Estimated {what}: {Money(answer.cents, TABLE_CURRENCY)}, with a chance of 80 % from "
        f"{low} to {high} (stated: {said}; "
        f"model {answer.model})"
    )


@estimate.command(short_help="Print the rounded medians of groups of posts.")
@FILE
@click.option(
    "--fewest", default=FEWEST_IN_A_MEDIAN, help="leave out groups with fewer posts than this"
)
@MAP
def medians(file: str, fewest: int, map_file: str | None) -> None:
    """Print the rounded medians of the groups in FILE, by source, as CSV."""
    table = _table(file, map_file)
    click.echo("source,kind,grouping,group,median_usd")
    told = {(p.source, p.kind) for p in table.posts if p.target_cents is not None}
    for source, kind in sorted(told):
        own = [p for p in table.posts if (p.source, p.kind) == (source, kind) and p.target_cents]
        found = medians_of(own, max(fewest, 1))
        for grouping in GROUPS:
            for group, cents in sorted(found.by_group[grouping].items()):
                if group or grouping == "global":
                    click.echo(f'{source},{kind},{grouping},"{group}",{_rounded_units(cents)}')


def _rounded_units(cents: int) -> int:
    """Two significant digits: a typical value, and nobody's own."""
    units = max(round(cents / 100), 1)
    scale: int = 10 ** max(len(str(units)) - 2, 0)
    return round(units / scale) * scale


def _table(file: str, map_file: str | None) -> PostTable:
    try:
        table = read_posts(file, map_argument(map_file))
    except TableUnreadable as error:
        stop(str(error))
    say_columns(table.file)
    say_remarks(table.file)
    if table.unreadable:
        click.echo(
            f"{file}: {table.unreadable:,} {table.file.raw.unit}s could not be read", err=True
        )
    for problem in table.problems:
        click.echo(f"  {problem}", err=True)
    return table


def _trained(table: PostTable, posts: tuple[Post, ...]) -> Model:
    from connects.estimate.training import train as train_on

    click.echo(f"Learning from {len(posts):,} posts …", err=True)
    today: date = now().date()
    library = f"scikit-learn {metadata.version('scikit-learn')}"
    return Model(today.isoformat(), table.digest, library, train_on(posts))
