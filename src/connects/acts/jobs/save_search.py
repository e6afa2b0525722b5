"""Keep a search, or keep it no longer."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import SavedSearch
from connects.market.people.models import Account
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import text_refused

SEARCHES_MOST = 20
QUERY_CHARACTERS = 400
NAME_CHARACTERS = 80


def save_search(account: Account, name: str, query: str) -> SavedSearch | Refused:
    """Keep a search; the same one again is the same, under the name it has now.

    Refused with `invalid`.
    """
    wrong = text_refused("search", query, QUERY_CHARACTERS, required=True)
    if wrong is not None:
        return wrong
    kept = SavedSearch.objects.filter(account=account)
    if not kept.filter(query=query).exists() and kept.count() >= SEARCHES_MOST:
        return invalid(Problem.TOO_MANY, field="searches")
    found, is_new = SavedSearch.objects.get_or_create(
        account=account,
        query=query,
        defaults={"name": name[:NAME_CHARACTERS] or query[:NAME_CHARACTERS], "saved": clock_now()},
    )
    if name and not is_new:
        found.name = name[:NAME_CHARACTERS]
        found.save(update_fields=["name"])
    return found


def forget_search(account: Account, number: int) -> None:
    """Keep it no longer."""
    SavedSearch.objects.filter(account=account, pk=number).delete()
