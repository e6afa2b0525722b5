"""The posts of a table, priced under a rule book, as reports about prices take them."""

from __future__ import annotations

from typing import NamedTuple

from connects.policy.terms import RuleBook
from connects.posts.reading import PostsFile
from connects.posts.rows import ReadRow
from connects.pricing.burden import PricedPost
from connects.pricing.quote import Price, price


class PricedPosts(NamedTuple):
    """The posts that are asked for, and how many of all rows could be priced."""

    posts: list[PricedPost]
    priced: int


def priced_posts(file: PostsFile, book: RuleBook, source: str | None = None) -> PricedPosts:
    """All posts of the file that can be priced, or those of one source.

    Raises TableUnreadable where the file breaks off.
    """
    found, priced = [], 0
    for read in file.rows():
        answer = None if read.row is None else price(read.row.facts, book)
        if read.row is None or not isinstance(answer, Price):
            continue
        priced += 1
        if source is None or read.row.source == source:
            found.append(_priced(read, answer))
    return PricedPosts(found, priced)


def _priced(read: ReadRow, answer: Price) -> PricedPost:
    assert read.row is not None
    facts = read.row.facts
    return PricedPost(
        value_cents=answer.value_cents,
        connects=answer.connects,
        kind=facts.kind.value,
        level=facts.level.value if facts.level else "",
        category=facts.category or "",
        country=read.cells.get("country", ""),
    )
