"""Views of long lists that members of staff keep for themselves."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.staff.models import SavedView
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import name_refused, text_refused

VIEWS_MOST = 30
NAME_CHARACTERS = 60
QUERY_CHARACTERS = 800


def keep_view(staff: User, list_name: str, name: str, query: str) -> SavedView | Refused:
    """Keep a view of a list; one of the same name is replaced. Refused with `not_allowed`, `invalid`."""
    wrong = (
        denied(staff, Act.USE_CONSOLE)
        or name_refused("name", name, NAME_CHARACTERS)
        or text_refused("view", query, QUERY_CHARACTERS)
    )
    if wrong is not None:
        return wrong
    kept = SavedView.objects.filter(user=staff, list=list_name)
    if kept.exclude(name=name).count() >= VIEWS_MOST:
        return invalid(Problem.TOO_MANY_VIEWS, most=VIEWS_MOST)
    view, _ = SavedView.objects.update_or_create(
        user=staff, list=list_name, name=name, defaults={"query": query, "saved": clock_now()}
    )
    return view


def forget_view(staff: User, number: int) -> None:
    """Keep it no longer."""
    SavedView.objects.filter(user=staff, pk=number).delete()
