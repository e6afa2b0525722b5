"""`connects policy fit`: fit a price card to past posts and to what it is meant to reach."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from connects.cli.arguments.posts import (
    LEAST,
    MAP,
    TOO_LITTLE,
    check_outputs,
    exit_where_too_little,
    posts_file,
    say_sources,
    stop,
)
from connects.cli.arguments.rule_book import rule_book
from connects.cli.arguments.yardstick import MODEL, VALUES, model_or_none, yardstick
from connects.cli.fits.answer import figures, lines
from connects.cli.fits.past_posts import Experiment, PastPosts, Reader
from connects.cli.fits.rule_book_text import fitted_text
from connects.policy.terms import BOOK_NAME, RuleBook
from connects.posts.output import OutputRefused, write_whole
from connects.pricing.burden import credit_price
from connects.studies.card_fit import (
    ELASTICITY,
    Card,
    Fit,
    History,
    Targets,
    band_cards,
    fit,
    progressive_cards,
    within_step,
)
from connects.studies.elasticity import Elasticity, measured
from connects.studies.fit_report import Fitted, report, sensitivity
from connects.studies.set_aside import on_aside
from connects.studies.who_pays import who_pays

NAME = "fitted"
FEWEST_POSTS = 30
BANDS = 4
STEP_MOST = 4
MANY_TIMES = 2
"""An outcome of so many times the proposals that were is questioned."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """The command's options."""

    base: str
    shape: str
    bands: int | None
    step: int
    rise: int | None
    source: str | None
    revenue: float
    newcomer_burden: float | None
    proposals: float | None
    elasticity: float | None
    compare: str | None
    asked_under: str | None
    values: str | None
    model: str | None
    name: str
    out: str | None
    report: str | None
    map_file: str | None
    least: float
    as_json: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.compare,) if self.compare else ()

    def cards(self, history: History) -> Iterator[Card]:
        """The cards to try that keep to the limits."""
        made = band_cards(self.bands or BANDS) if self.shape == "bands" else progressive_cards()
        for card in within_step(made, self.step):
            if self.rise is None or history.rises_within(card, self.rise):
                yield card


@click.command("fit", short_help="Fit a price card to posts.")
@click.argument("file")
@click.option("--base", required=True, help="the rule book whose card is replaced")
@click.option("--shape", type=click.Choice(["progressive", "bands"]), default="progressive")
@click.option(
    "--bands", type=click.IntRange(2, 6), help=f"how many, for --shape bands [default: {BANDS}]"
)
@click.option(
    "--step",
    default=STEP_MOST,
    type=click.IntRange(1, 100),
    show_default=True,
    help="the most that the price may rise from one band to the next, in Connects",
)
@click.option(
    "--rise",
    type=click.IntRange(0, 100),
    help="the most that any post's price may rise above the base's card, in Connects",
)
@click.option("--source", help="only the posts with this value in their column `source`")
@click.option(
    "--revenue",
    default=100.0,
    type=click.FloatRange(1, 1000),
    help="the least revenue, as a percentage of what the base's card brings in",
)
@click.option(
    "--newcomer-burden",
    type=click.FloatRange(0.0001, 100),
    help="the most that a proposal may cost, on average, as a percentage of an entry-level job's value",
)
@click.option("--proposals", type=click.FloatRange(0.1), help="the most proposals a post may get")
@click.option(
    "--elasticity",
    type=click.FloatRange(0, 3),
    help=f"how strongly proposals react to the price [default: measured by --compare, else {ELASTICITY}]",
)
@click.option(
    "--compare",
    metavar="COLUMN",
    help="the column with the real prices; if all of them moved for a while, they show the elasticity",
)
@click.option(
    "--asked-under",
    metavar="BOOK",
    help="the rule book behind the real prices [default: the base]",
)
@VALUES
@MODEL
@click.option("--name", default=NAME, help="the new rule book's name", show_default=True)
@click.option("--out", help="write the whole rule book with the new card to this file")
@click.option("--report", help="write the report with plots to this HTML file")
@MAP
@LEAST
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def fit_card(file: str, **options: Any) -> None:
    """Fit a card to the posts in FILE: the lightest on newcomers that still meets the targets.

    A quarter of the posts is set aside, to show how the card does where it was not fitted. Exits 1 where
    no card meets the targets.
    """
    settings = _Settings(**options)
    _check(settings)
    check_outputs([settings.out, settings.report], [file, settings.map_file, settings.model])
    book = rule_book(settings.base)
    credit = credit_price(book) / 1_000
    if not credit:
        stop(f"{settings.base}: Connects have no price")
    found = _fitted(file, settings, book, credit)
    text = fitted_text(settings.base, book, found.fit, settings.name, found.file)
    for target, written in ((settings.out, text), (settings.report, report(found))):
        if target is not None:
            _write(target, written)
    click.echo(json.dumps(figures(found), indent=2) if settings.as_json else lines(found))
    if not found.fit.is_met:
        sys.exit(TOO_LITTLE)


def _check(settings: _Settings) -> None:
    if not re.fullmatch(BOOK_NAME, settings.name):
        stop(
            f"--name {settings.name[:60]!r}: a rule book's name has small letters, digits and hyphens,"
            " and begins with none of the last"
        )
    if settings.bands is not None and settings.shape != "bands":
        stop("--bands says how many bands a card of --shape bands has; this one is progressive")
    if settings.asked_under is not None and settings.compare is None:
        stop("--asked-under says by which card the prices in --compare COLUMN were asked; name it")


def _fitted(file: str, settings: _Settings, book: RuleBook, credit: float) -> Fitted:
    """The fit, and all that is said of it."""
    learned = model_or_none(settings.model)
    measure = yardstick(settings.values, [book], learned)
    reader = Reader(book, measure, _experiment(settings, book))
    with posts_file(
        file, settings.map_file, settings.columns, book.currency, quiet=settings.as_json
    ) as table:
        posts = reader.posts(table, learned, settings.source)
    if not posts.every:
        stop(f"{file}: no posts to fit to")
    exit_where_too_little(table, posts.priced, settings.least)
    say_sources(table, posts.sources, quiet=settings.as_json)
    if len(posts.every) < FEWEST_POSTS:
        stop(
            f"{file}: {len(posts.every)} posts are too few to fit a card to; it takes {FEWEST_POSTS}"
        )
    by_data = measured(reader.asked()) if settings.compare else None
    elasticity = by_data if settings.elasticity is None and by_data else _assumed(settings)
    targets = Targets(settings.revenue, settings.newcomer_burden, settings.proposals)
    try:
        history = History(posts.learn, credit, elasticity.number)
        found = fit(history, settings.cards(history), targets)
    except ValueError as error:
        stop(f"{file}: {error}")
    return Fitted(
        book,
        settings.shape,
        Path(file).name,
        found,
        targets,
        elasticity,
        measure,
        on_aside(posts.aside, found.card, credit, elasticity),
        who_pays(posts.every, found.card),
        sensitivity(posts.learn, credit, elasticity, found.card),
        list(_remarks(settings, posts, found, elasticity, by_data)),
    )


def _experiment(settings: _Settings, base: RuleBook) -> Experiment | None:
    if settings.compare is None:
        return None
    book = rule_book(settings.asked_under) if settings.asked_under else base
    if not book.card.ladder:
        stop(
            f"{book.label}: its card has no ladder, so that nothing tells shifts of prices by its steps"
        )
    return Experiment(settings.compare, book)


def _assumed(settings: _Settings) -> Elasticity:
    return Elasticity(ELASTICITY if settings.elasticity is None else settings.elasticity)


def _remarks(
    settings: _Settings, posts: PastPosts, found: Fit, taken: Elasticity, by_data: Elasticity | None
) -> Iterator[str]:
    """What a person should know before they believe the figures."""
    if posts.without_proposals:
        yield (
            f"{posts.without_proposals:,} of {len(posts.every):,} posts do not say how many proposals"
            " they had: ten are taken."
        )
    if not posts.has_newcomers:
        yield "No post asks for entry level: the burden on newcomers is that of all posts here."
    if settings.compare and by_data is None:
        yield (
            f"The prices in {settings.compare} hold no experiment from which the elasticity could be"
            " told."
        )
    if by_data is not None and by_data != taken:
        yield f"Measured by this file, the elasticity would be {by_data.number:.2f}."
    if found.outcome.proposals > MANY_TIMES * found.base.proposals:
        yield (
            f"{found.outcome.proposals:.1f} proposals a post are over {MANY_TIMES} times as many as there"
            " were: no history says that so many would come."
        )


def _write(name: str, text: str) -> None:
    try:
        write_whole(name, text)
    except OutputRefused as error:
        stop(str(error))
