"""The stated budget that a price follows although the job is taken to be worth more."""

from __future__ import annotations

from connects.pricing.quote import Price
from connects.pricing.reasons import PRICE_FOLLOWS_BUDGET
from connects.vocabulary.amounts import Money


def followed_budget(price: Price, currency: str) -> str:
    """The amount as people say it; empty where the price follows the value."""
    followed = (each for each in price.reasons if each.code == PRICE_FOLLOWS_BUDGET)
    cents = next((each.parameters["budget_cents"] for each in followed), None)
    return Money(cents, currency).whole if isinstance(cents, int) else ""
