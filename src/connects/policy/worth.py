"""What a number of Connects costs in money: what stands beside every price."""

from __future__ import annotations

from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects, Money


def worth(book: RuleBook, connects: Connects) -> Money | None:
    """The money that so many Connects cost, by their price or by that of the smallest bundle.

    Rounded up to a minor unit; None where a rule book sells none.
    """
    each = book.bundles.price_per_connect
    if each is not None:
        return Money(each * connects, book.currency)
    smallest = min(book.bundles.offers, key=lambda bundle: bundle.connects, default=None)
    if smallest is None:
        return None
    return Money(-(-smallest.price * connects // smallest.connects), book.currency)
