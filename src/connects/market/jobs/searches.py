"""Searches that an account keeps, read."""

from __future__ import annotations

from connects.market.jobs.models import SavedSearch
from connects.market.people.models import Account


def saved_searches(account: Account) -> list[SavedSearch]:
    """The searches that an account keeps, by name."""
    return list(SavedSearch.objects.filter(account=account).order_by("name", "id"))


def own_search(account: Account, number: int) -> SavedSearch | None:
    """The account's own saved search of that number."""
    return SavedSearch.objects.filter(account=account, pk=number).first()
