"""A client's record out of a row's cells: what they spent, whom they hired, how they were reviewed.

Price cards may rest on it. A cell that is empty or unreadable is not known, and no reason to leave the
row out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from connects.vocabulary.amounts import Cents

SPENT = "client_spend_usd"
SPENT_IN = "USD"
STARS_MOST = 5
_MOST = 1e12


class ClientFacts(TypedDict, total=False):
    """Those of the facts that a row tells of its client's record."""

    client_spend_cents: Cents
    client_hires: int
    client_reviews: int
    client_rating_hundredths: int


def client_facts(said: Mapping[str, Any], currency: str) -> ClientFacts:
    """What is known of the client. What they spent is in dollars, and not known in another currency."""
    found: ClientFacts = {}
    spent = _number(said, SPENT) if currency == SPENT_IN else None
    hires, reviews = _number(said, "client_hires"), _number(said, "client_reviews")
    rating = _number(said, "client_rating", STARS_MOST)
    if spent is not None:
        found["client_spend_cents"] = round(spent * 100)
    if hires is not None:
        found["client_hires"] = int(hires)
    if reviews is not None:
        found["client_reviews"] = int(reviews)
    if rating is not None:
        found["client_rating_hundredths"] = round(rating * 100)
    return found


def _number(said: Mapping[str, Any], name: str, most: float = _MOST) -> float | None:
    text = said.get(name)
    if not text:
        return None
    number = float(text)
    return number if 0 <= number <= most else None
