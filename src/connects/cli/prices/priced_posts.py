"""The posts of a table, priced under rule books and valued alike, as reports about prices take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from connects.cli.prices.answers import estimated
from connects.estimate.model import Model
from connects.policy.terms import RuleBook
from connects.posts.reading import PostsFile
from connects.posts.rows import ReadRow
from connects.pricing.burden import PricedPost
from connects.pricing.quote import Price, price
from connects.pricing.yardstick import Yardstick
from connects.vocabulary.amounts import Cents, Connects


class PricedPosts(NamedTuple):
    """For each rule book the posts that are asked for, whose sources are these; how many of all rows
    could be priced.
    """

    under: tuple[list[PricedPost], ...]
    priced: int
    sources: set[str]


def priced_posts(
    file: PostsFile,
    books: Sequence[RuleBook],
    yardstick: Yardstick,
    model: Model | None = None,
    source: str | None = None,
) -> PricedPosts:
    """All posts of the file that can be priced, or those of one source, under each of the rule books.

    Raises TableUnreadable where the file breaks off.
    """
    found: tuple[list[PricedPost], ...] = tuple([] for _ in books)
    priced = 0
    sources: set[str] = set()
    for read, estimate in estimated(file.rows_to_hold(), (*books, yardstick.book), model):
        if read.row is None:
            continue
        facts = read.row.facts
        prices = [price(facts, book, estimate=estimate) for book in books]
        costs = [answer.connects for answer in prices if isinstance(answer, Price)]
        if len(costs) < len(books):
            continue
        priced += 1
        if source is None or read.row.source == source:
            sources.add(read.row.source)
            worth = yardstick.value_cents(facts, estimate)
            for posts, connects in zip(found, costs, strict=True):
                posts.append(_priced(read, worth, connects))
    return PricedPosts(found, priced, sources)


def _priced(read: ReadRow, worth: Cents, connects: Connects) -> PricedPost:
    assert read.row is not None
    facts = read.row.facts
    return PricedPost(
        value_cents=worth,
        connects=connects,
        kind=facts.kind.value,
        level=facts.level.value if facts.level else "",
        category=facts.category or "",
        country=read.cells.get("country", ""),
    )
