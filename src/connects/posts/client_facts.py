"""Clients' records out of a batch's columns: what they spent, whom they hired, how they were reviewed.

Price cards may rest on them. A cell that is empty or unreadable is not known, and no reason to leave the
row out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

SPENT = "client_spend_usd"
SPENT_IN = "USD"
STARS_MOST = 5
_MOST = 1e12


def client_facts(
    found: Mapping[str, Sequence[str]], currency: str
) -> dict[str, list[int] | list[int | None]]:
    """What is known of the clients, by the names of facts.

    What they spent is in dollars, and not known in another currency.
    """
    facts: dict[str, list[int] | list[int | None]] = {}
    if SPENT in found and currency == SPENT_IN:
        facts["client_spend_cents"] = _numbers(found[SPENT], _hundredths)
    if "client_hires" in found:
        facts["client_hires"] = [hires or 0 for hires in _numbers(found["client_hires"], int)]
    if "client_reviews" in found:
        facts["client_reviews"] = _numbers(found["client_reviews"], int)
    if "client_rating" in found:
        ratings = _numbers(found["client_rating"], _hundredths, STARS_MOST)
        facts["client_rating_hundredths"] = ratings
    return facts


def _hundredths(number: float) -> int:
    return round(number * 100)


def _numbers(
    texts: Sequence[str], whole: Callable[[float], int], most: float = _MOST
) -> list[int | None]:
    known: dict[str, int | None] = {}
    for text in set(texts):
        number = float(text) if text else -1.0
        known[text] = whole(number) if 0 <= number <= most else None
    return [known[text] for text in texts]
