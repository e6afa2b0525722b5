"""The price card as a table: which jobs, how many Connects, how much money."""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.explain import band_words
from connects.policy.terms import RuleBook
from connects.policy.worth import worth
from connects.vocabulary.amounts import Connects, Money


@dataclass(frozen=True, slots=True)
class CardRow:
    """One band: `high` is the price where demand is above average, `money` what `low` costs."""

    jobs: str
    low: Connects
    high: Connects
    money: Money | None


def card_table(book: RuleBook) -> tuple[CardRow, ...]:
    """The bands of a rule book's price card, in its order."""
    return tuple(
        CardRow(
            band_words(book, band),
            band.connects.low,
            band.connects.high,
            worth(book, band.connects.low),
        )
        for band in book.card.bands
    )
