"""`connects policy fit`: fit a price card to past posts and to what it is meant to reach."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import click

from connects.cli.arguments.posts import (
    LEAST,
    MAP,
    exit_where_too_little,
    posts_file,
    refuse_input_as_output,
    stop,
)
from connects.cli.arguments.rule_book import rule_book
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.shelf import shipped_names, shipped_text
from connects.policy.terms import RuleBook
from connects.posts.output import OutputRefused, write_whole
from connects.posts.reading import PostsFile
from connects.pricing.burden import credit_price
from connects.pricing.quote import Price, price
from connects.studies.card_fit import (
    ELASTICITY,
    Fit,
    History,
    PastPost,
    Targets,
    band_cards,
    fit,
    progressive_cards,
)
from connects.studies.fit_report import card_words, report, sensitivity
from connects.studies.fitted_book import with_card
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import Level

TIERS = {
    "lt_5": 2.5,
    "5_10": 7.5,
    "10_15": 12.5,
    "15_20": 17.5,
    "20_50": 35.0,
    "50_plus": 60.0,
}
"""The middle of each tier of proposals; the last is open."""

UNKNOWN_PROPOSALS = 10.0
NAME = "fitted"


@dataclass(frozen=True, slots=True)
class _Wish:
    """The command's options."""

    base: str
    shape: str
    bands: int
    source: str | None
    revenue: float
    newcomer_burden: float | None
    proposals: float | None
    elasticity: float
    name: str
    out: str | None
    report: str | None
    map_file: str | None
    least: float
    as_json: bool


@click.command("fit")
@click.argument("file")
@click.option("--base", required=True, help="the rule book whose card is exchanged")
@click.option("--shape", type=click.Choice(["progressive", "bands"]), default="progressive")
@click.option("--bands", default=4, type=click.IntRange(2, 6), help="how many, for --shape bands")
@click.option("--source", help="only the posts whose column `source` says this")
@click.option(
    "--revenue",
    default=100.0,
    type=click.FloatRange(1, 1000),
    help="at least this percentage of what the base's card brings",
)
@click.option(
    "--newcomer-burden",
    type=click.FloatRange(0.0001, 100),
    help="at most this mean percentage of the value of entry-level jobs",
)
@click.option("--proposals", type=click.FloatRange(0.1), help="at most so many proposals a post")
@click.option("--elasticity", default=ELASTICITY, type=click.FloatRange(0, 3), show_default=True)
@click.option("--name", default=NAME, help="the new rule book's name", show_default=True)
@click.option("--out", help="write the whole rule book with the new card to this file")
@click.option("--report", help="write the report with plots to this HTML file")
@MAP
@LEAST
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def fit_card(file: str, **options: Any) -> None:
    """Fit a card to the posts in FILE: least burden on newcomers that still reaches the targets."""
    wish = _Wish(**options)
    book = rule_book(wish.base)
    credit = credit_price(book) / 1_000
    refuse_input_as_output([wish.out, wish.report], [file, wish.map_file])
    with posts_file(file, wish.map_file, (), book.currency, quiet=wish.as_json) as table:
        posts, priced = _past_posts(table, book, wish.source)
    if not credit or not posts:
        stop(f"{file}: no posts to fit to" if credit else f"{wish.base}: Connects have no price")
    targets = Targets(wish.revenue, wish.newcomer_burden, wish.proposals)
    cards = progressive_cards() if wish.shape == "progressive" else band_cards(wish.bands)
    try:
        found = fit(History(posts, credit, wish.elasticity), cards, targets)
    except ValueError as error:
        stop(f"{file}: {error}")
    exit_where_too_little(table, priced, wish.least)
    if wish.out is not None:
        _write(wish.out, _fitted_text(wish, book, found, Path(file).name))
    if wish.report is not None:
        otherwise = sensitivity(posts, credit, wish.elasticity, found.card)
        title = f"A {wish.shape} card for {book.label}, fitted to {Path(file).name}"
        told = report(title, found, targets, wish.elasticity, otherwise, book.currency)
        _write(wish.report, told)
    click.echo(
        json.dumps(_figures(found), indent=2) if wish.as_json else _lines(found, book.currency)
    )


class _PastPosts(NamedTuple):
    """The posts that are asked for, and how many of all rows could be priced."""

    posts: list[PastPost]
    priced: int


def _past_posts(file: PostsFile, book: RuleBook, source: str | None) -> _PastPosts:
    found, priced = [], 0
    for read in file.rows():
        answer = None if read.row is None else price(read.row.facts, book)
        if read.row is None or not isinstance(answer, Price):
            continue
        priced += 1
        if source is None or read.row.source == source:
            sent = TIERS.get(read.cells.get("proposals_tier", ""), UNKNOWN_PROPOSALS)
            goes = read.row.facts.level is Level.ENTRY
            found.append(PastPost(answer.value_cents, answer.connects, sent, goes))
    return _PastPosts(found, priced)


def _fitted_text(wish: _Wish, book: RuleBook, found: Fit, file: str) -> str:
    """The new rule book, which was read back and found whole."""
    shipped = wish.base in shipped_names()
    text = shipped_text(wish.base) if shipped else Path(wish.base).read_text(encoding="utf-8")
    verdict = "meets its targets" if found.is_met else "misses its targets least"
    source = f"fitted from {book.label} to {file} by connects policy fit; {verdict}"
    made = with_card(text, found.card, wish.name, source.replace('"', "'").replace("\\", "/"))
    try:
        parse_rule_book(made, wish.name)
    except RuleBookProblems as error:
        stop(str(error))
    return made


def _write(name: str, text: str) -> None:
    try:
        write_whole(name, text)
    except OutputRefused as error:
        stop(str(error))


def _figures(found: Fit) -> dict[str, object]:
    return {
        "met": found.is_met,
        "tried": found.tried,
        "card": [asdict(step) for step in found.card],
        "outcome": asdict(found.outcome),
        "base": asdict(found.base),
        "frontier": [{"revenue_percent": s, **asdict(o)} for s, _, o in found.frontier],
    }


def _lines(found: Fit, currency: str) -> str:
    verdict = "meets the targets" if found.is_met else "misses the targets, the least of all"
    told = [
        f"{found.tried:,} cards tried; this one {verdict}:",
        f"  {card_words(found.card, currency)}",
    ]
    for words, outcome in (("the base's card", found.base), ("this card", found.outcome)):
        revenue = Money(round(outcome.revenue), currency)
        told.append(
            f"{words:<16} {outcome.proposals:6.2f} proposals a post,"
            f" {revenue} revenue a post, newcomers' share {outcome.burden:.2g} %"
        )
    return "\n".join(told)
