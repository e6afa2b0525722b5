"""Clients' records out of a batch's columns: what they spent, whom they hired, how they were reviewed.

Price cards may rest on them. A cell that is empty or unreadable is not known, and no reason to leave the
row out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from connects.posts.column_cells import Numbers

SPENT = "client_spend_usd"
SPENT_IN = "USD"
STARS_MOST = 5
_MOST = 1e12
Known: TypeAlias = "Sequence[float | None]"


def client_facts(
    found: Mapping[str, Sequence[Any]], currency: str
) -> dict[str, Sequence[int | None]]:
    """What is known of the clients, by the names of facts.

    What they spent is in dollars, and not known in another currency.
    """
    facts: dict[str, Sequence[int | None]] = {}
    if SPENT in found and currency == SPENT_IN:
        facts["client_spend_cents"] = _hundredths(found[SPENT])
    if "client_hires" in found:
        facts["client_hires"] = [hires or 0 for hires in _counts(found["client_hires"])]
    if "client_reviews" in found:
        facts["client_reviews"] = _counts(found["client_reviews"])
    if "client_rating" in found:
        ratings = _hundredths(found["client_rating"], STARS_MOST)
        facts["client_rating_hundredths"] = ratings
    return facts


def _hundredths(numbers: Known, most: float = _MOST) -> Sequence[int | None]:
    if isinstance(numbers, Numbers):
        return numbers.hundredths(most)
    return [
        round(number * 100) if number is not None and 0 <= number <= most else None
        for number in numbers
    ]


def _counts(numbers: Known) -> Sequence[int | None]:
    if isinstance(numbers, Numbers):
        return numbers.whole(_MOST)
    return [
        int(number) if number is not None and 0 <= number <= _MOST else None for number in numbers
    ]
