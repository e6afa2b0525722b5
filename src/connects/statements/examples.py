"""Jobs that everyone can picture; what they cost says more than a table of bands."""

from __future__ import annotations

from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.vocabulary.amounts import Connects
from connects.vocabulary.facts import JobFacts, JobKind, Range
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

EXAMPLES = (
    (mark("A $5 fixed-price job"), JobFacts(kind=JobKind.FIXED, budget_cents=5_00)),
    (mark("A $30 fixed-price job"), JobFacts(kind=JobKind.FIXED, budget_cents=30_00)),
    (
        mark("A $300 fixed-price job of three days"),
        JobFacts(kind=JobKind.FIXED, budget_cents=300_00, duration_days=Range.exactly(3)),
    ),
    (mark("A $300 fixed-price job"), JobFacts(kind=JobKind.FIXED, budget_cents=300_00)),
    (mark("A $3,000 fixed-price job"), JobFacts(kind=JobKind.FIXED, budget_cents=3_000_00)),
    (
        mark("Hourly work at $25, 20 hours a week for two months"),
        JobFacts(
            kind=JobKind.HOURLY,
            hourly_min_cents=25_00,
            hourly_max_cents=25_00,
            hours_per_week=Range.exactly(20),
            duration_days=Range.exactly(60),
        ),
    ),
)


def example_prices(book: RuleBook) -> tuple[tuple[str, Connects], ...]:
    """What each example costs at average demand, by the price function itself."""
    prices = []
    for words, facts in EXAMPLES:
        answer = price(facts, book)
        assert isinstance(answer, Price), "the examples can be priced"
        prices.append((_(words), answer.connects))
    return tuple(prices)
