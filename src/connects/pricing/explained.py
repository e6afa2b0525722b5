"""A price with all that it rests on: what pages, the API and the command line say of it alike."""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.terms import RuleBook
from connects.pricing.edits import Edit, edits
from connects.pricing.quote import AVERAGE_DEMAND, Price, price
from connects.vocabulary.facts import Demand, Estimate, JobFacts
from connects.vocabulary.refusals import Refused


@dataclass(frozen=True, slots=True)
class ExplainedPrice:
    """A price, the facts, demand and rule book that it was made with, and what would change it."""

    facts: JobFacts
    price: Price
    demand: Demand
    book: RuleBook
    edits: tuple[Edit, ...]


def explain(
    facts: JobFacts,
    book: RuleBook,
    demand: Demand = AVERAGE_DEMAND,
    estimate: Estimate | None = None,
) -> ExplainedPrice | Refused:
    """Price a proposal to a post, and find what would change the price. Refused as `price` is."""
    answer = price(facts, book, demand, estimate)
    if isinstance(answer, Refused):
        return answer
    return ExplainedPrice(facts, answer, demand, book, edits(facts, book, demand, estimate))
