"""Who saved a search hears of new jobs that fit: within minutes, or once a day; each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from connects.acts.jobs.alert_of_jobs import choose_alert
from connects.acts.jobs.save_search import save_search
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.models import Alert, SavedSearch
from connects.market.jobs.searches import own_search
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def saved(account: Account, alert: Alert, query: str = "q=logo") -> SavedSearch:
    search = save_search(account, "Logos", query)
    assert isinstance(search, SavedSearch), search
    return choose_alert(search, alert, NOON)


def posts(here: Town, title: str, after: timedelta) -> None:
    with held_at(NOON + after):
        posted(here.client, title)


def passes(until: datetime) -> None:
    with held_at(until):
        run(until)


def told() -> list[tuple[object, object]]:
    rows = OutboxEvent.objects.filter(code="search-found").order_by("id")
    return [(row.parameters["count"], row.parameters["title"]) for row in rows]


def test_a_new_job_is_told_of_within_minutes_and_once(here: Town) -> None:
    saved(here.freelancer, Alert.AT_ONCE)
    posts(here, "A logo", MINUTE)
    passes(NOON + 10 * MINUTE)
    assert told() == [(1, "A logo")]
    passes(NOON + 20 * MINUTE)
    passes(NOON + 40 * MINUTE)

    assert told() == [(1, "A logo")]


def test_once_a_day_all_are_told_of_together(here: Town) -> None:
    saved(here.freelancer, Alert.DAILY)
    for number in range(3):
        posts(here, f"Logo {number}", (number + 1) * HOUR)
    passes(NOON + 12 * HOUR)
    assert told() == []
    passes(NOON + 20 * HOUR)

    assert told() == [(3, "Logo 2")]


def test_what_does_not_fit_or_was_there_before_is_not_told(here: Town) -> None:
    saved(here.freelancer, Alert.AT_ONCE)
    posts(here, "Translate a book", HOUR)
    passes(NOON + 2 * HOUR)

    assert told() == []


def test_a_job_that_is_published_as_the_worker_looks_is_told_of_next_time(here: Town) -> None:
    saved(here.freelancer, Alert.AT_ONCE)
    posts(here, "A logo", 10 * MINUTE)
    passes(NOON + 10 * MINUTE)
    assert told() == []
    passes(NOON + 20 * MINUTE)

    assert told() == [(1, "A logo")]


def test_no_alert_is_sent_that_nobody_asked_for_or_that_was_stopped(here: Town) -> None:
    search = saved(here.freelancer, Alert.AT_ONCE)
    choose_alert(search, Alert.NEVER, NOON)
    posts(here, "A logo", MINUTE)
    passes(NOON + HOUR)

    assert told() == []


def test_a_saved_search_that_makes_no_sense_any_more_tells_nothing(here: Town) -> None:
    saved(here.freelancer, Alert.AT_ONCE, "price_least=9&price_most=1")
    posts(here, "A logo", MINUTE)
    passes(NOON + HOUR)

    assert told() == []


def test_who_is_suspended_hears_nothing(here: Town) -> None:
    saved(here.freelancer, Alert.AT_ONCE)
    Account.objects.filter(pk=here.freelancer.pk).update(suspended=NOON)
    posts(here, "A logo", MINUTE)
    passes(NOON + HOUR)

    assert told() == []


def test_a_saved_search_is_its_owner_s_alone(here: Town) -> None:
    search = saved(here.freelancer, Alert.DAILY)

    assert own_search(here.freelancer, search.pk) == search
    assert own_search(here.agency, search.pk) is None
