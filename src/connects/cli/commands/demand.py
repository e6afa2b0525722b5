"""`connects demand`: which way to measure demand foretells proposals best, on any file of posts."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import click

from connects.cli.arguments.posts import MAP, TOO_LITTLE, posts_file
from connects.cli.arguments.rule_book import rule_book
from connects.cli.fits.past_posts import TIERS
from connects.cli.plain_text import figures_table, paragraph
from connects.policy.terms import RuleBook
from connects.posts.rows import ReadRow
from connects.pricing.quote import Price, price
from connects.studies.demand_measures import Measure, SeenPost, compare_measures

AGES_HOURS = (6, 12, 24, 48, 96, 168)
DEFAULT_BOOK = "upwork-2019-05"


WHAT = (
    "How well each measure of demand foretells the proposals that a post draws. This is the share of"
    " the differences in their logarithm that it explains beyond the post's age, on a quarter of posts"
    " never seen."
)


@click.command("demand")
@click.argument("file")
@MAP
@click.option("--json", "as_json", is_flag=True, help="print the figures as JSON")
def demand(file: str, map_file: str | None, *, as_json: bool) -> None:
    """Compare ways to measure demand on the posts in FILE, by source.

    FILE needs the column `proposals_tier`; sources whose posts have none are left out.
    """
    book = rule_book(DEFAULT_BOOK)
    posts: dict[str, list[SeenPost]] = defaultdict(list)
    columns = ("proposals_tier",)
    with posts_file(file, map_file, columns, book.currency, quiet=as_json) as table:
        for read in table.rows_to_hold():
            if read.row is not None and read.cells["proposals_tier"] in TIERS:
                posts[read.row.source].append(_seen(read, book))
    found = {}
    for source, own in sorted(posts.items()):
        try:
            found[source] = compare_measures(own)
        except ValueError as error:
            click.echo(f"Source {source or '(none)'}: {error}", err=True)
    if as_json:
        figures = {source: [asdict(m) for m in measures] for source, measures in found.items()}
        click.echo(json.dumps(figures, indent=2))
    else:
        _say(found, posts)
    if not found:
        click.echo(
            f"{file}: no source has enough posts that say how many proposals they got", err=True
        )
        sys.exit(TOO_LITTLE)


def _say(found: Mapping[str, Sequence[Measure]], posts: Mapping[str, Sequence[SeenPost]]) -> None:
    if found:
        click.echo(paragraph(WHAT))
    for source, measures in found.items():
        head = (
            f"Source {source or '(none)'}, {len(posts[source]):,} posts",
            "explained, %",
            "95 %",
        )
        rows = [
            (measure.name, f"{measure.explained:.1f}", f"{measure.low:.1f} to {measure.high:.1f}")
            for measure in measures
        ]
        click.echo("\n" + "\n".join(figures_table(head, rows)))


def _seen(read: ReadRow, book: RuleBook) -> SeenPost:
    assert read.row is not None
    facts, cells = read.row.facts, read.cells
    answer = price(facts, book)
    return SeenPost(
        job_id=read.row.job_id,
        proposals=TIERS[cells["proposals_tier"]],
        age=_age(cells.get("observed", ""), cells.get("posted_at", "")),
        category=facts.category or "",
        subcategory=cells.get("subcategory", "").strip(),
        level=facts.level.value if facts.level else "",
        kind=facts.kind.value,
        duration=cells.get("duration", "").strip(),
        value=str(len(str(answer.value_cents))) if isinstance(answer, Price) else "",
    )


def _age(observed: str, posted: str) -> str:
    """How long the post had been there at the end of the day on which it was seen, roughly."""
    try:
        seen = datetime.fromisoformat(observed).replace(tzinfo=UTC) + timedelta(days=1)
        hours = (seen - datetime.fromisoformat(posted)).total_seconds() / 3600
    except (ValueError, TypeError):
        return "unknown"
    return str(sum(hours > bound for bound in AGES_HOURS))
