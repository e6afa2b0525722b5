"""The posts of a table, priced under a rule book, as reports about prices take them."""

from __future__ import annotations

from connects.cli.job_table import open_table, read_table
from connects.policy.terms import RuleBook
from connects.pricing.burden import PricedPost
from connects.pricing.quote import Price, price


def priced_posts(file: str, book: RuleBook, source: str | None = None) -> list[PricedPost]:
    """All posts of the file that can be priced, or those of one source.

    Raises TableUnreadable where it is no table of posts.
    """
    found = []
    with open_table(file) as stream:
        for read in read_table(stream, file):
            if read.row is None or (source is not None and read.row.source != source):
                continue
            facts = read.row.facts
            answer = price(facts, book)
            if isinstance(answer, Price):
                found.append(
                    PricedPost(
                        value_cents=answer.value_cents,
                        connects=answer.connects,
                        kind=facts.kind.value,
                        level=facts.level.value if facts.level else "",
                        category=facts.category or "",
                        country=read.cells.get("country", "").strip(),
                    )
                )
    return found
