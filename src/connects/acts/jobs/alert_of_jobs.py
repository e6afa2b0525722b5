"""Tell those who saved a search of new jobs that fit it: within minutes, or once a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.notices.send_emails import next_digest
from connects.market.jobs.models import Alert, SavedSearch
from connects.market.jobs.work_query import work_query
from connects.market.members.selectors import rule_book_of
from connects.market.profiles.found_work import work_found
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed

BATCH = 100
EVERY = timedelta(minutes=10)
LAG = timedelta(minutes=1)
"""How long a post may take from its instant to be seen by others, who would miss it otherwise."""


def choose_alert(search: SavedSearch, alert: Alert, now: datetime) -> SavedSearch:
    """Say how its owner hears of new jobs; from now on, of none that are there already."""
    search.alert, search.checked = alert, now
    search.next_check = _next(alert, now)
    search.save(update_fields=["alert", "checked", "next_check"])
    return search


def _next(alert: str, after: datetime) -> datetime | None:
    if alert == Alert.AT_ONCE:
        return after + EVERY
    return next_digest(after) if alert == Alert.DAILY else None


def next_due(until: datetime) -> datetime | None:
    """When the first saved search is to be looked into, by `until`."""
    rows = SavedSearch.objects.filter(next_check__lte=until).order_by("next_check")
    return rows.values_list("next_check", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Look into a batch of saved searches, and tell of what is new in them."""
    with transaction.atomic():
        rows = SavedSearch.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(next_check__lte=until).select_related("account").order_by("next_check")
        events = [event for search in due[:BATCH] for event in _looked_into(search, until)]
        put_in_outbox(events, now)


def _looked_into(search: SavedSearch, until: datetime) -> list[Event]:
    since, before = search.checked or search.saved, until - LAG
    found = None if search.account.suspended else _found(search, since, before)
    search.checked, search.next_check = before, _next(search.alert, until)
    search.save(update_fields=["checked", "next_check"])
    if not found:
        return []
    key = f"search-found:{search.pk}:{before.isoformat()}"
    return [Event(key=key, account=search.account_id, code="search-found", parameters=found)]


def _found(
    search: SavedSearch, since: datetime, before: datetime
) -> Mapping[str, int | str] | None:
    """What the notice says; None where nothing new fits, or the search makes no sense any more."""
    book = rule_book_of(search.account, before)
    query = work_query(Typed(QueryDict(search.query)), book.currency)
    if isinstance(query, Refused):
        return None
    work = work_found(query, book, search.account, before, (since, before))
    if not work.items:
        return None
    return {
        "search": str(search.pk),
        "name": search.name,
        "count": work.total,
        "title": work.items[0].job.title,
    }
