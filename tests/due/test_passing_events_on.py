"""Events are passed on beside the worker's turns, and failures of that stop nothing."""

import threading
import time
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from structlog.testing import capture_logs

from connects.bootstrap.journals import journal
from connects.due import events
from connects.due.events import events_passed_on, pass_events_on
from connects.journal.models import BatchMark
from connects.market.events.feed import feed_page
from tests.journal.databases.test_marks import post_in_a_transaction
from tests.journal.test_contract import issue

MOST_SECONDS = 20.0


class Pauses:
    """A worker's time: pauses pass at once and are noted; it is stopped after so many."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waited: list[float] = []

    def is_set(self) -> bool:
        return len(self.waited) >= self.most

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


def marks_are_left() -> bool:
    try:
        return BatchMark.objects.exists()
    except OperationalError:  # SQLite in memory keeps the table from readers while they are moved
        return True


@pytest.mark.django_db(transaction=True)
def test_what_is_posted_is_in_the_feed_soon() -> None:
    journal().open_wallets([1])
    with events_passed_on(threading.Event()):
        post_in_a_transaction([issue(1, 10)])
        end = time.monotonic() + MOST_SECONDS
        while marks_are_left() and time.monotonic() < end:
            connections["default"].close_if_unusable_or_obsolete()

    assert [place.line for place in feed_page(0, 10).places] == [(1, 1)]


@pytest.mark.django_db
def test_a_failure_is_told_once_and_retried_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [OperationalError("gone")] * 4

    def publish() -> int:
        if outcomes:
            raise outcomes.pop()
        return 0

    monkeypatch.setattr(events, "publish_events", publish)
    monkeypatch.setattr(events, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    pauses: Any = Pauses(6)
    with capture_logs() as lines:
        pass_events_on(pauses)

    assert pauses.waited == [0.4, 0.8, 1.6, 3.2, 0.2, 0.2]
    told = [(line["event"], line["log_level"]) for line in lines]
    assert told == [
        ("events are not passed on", "error"),
        ("events are passed on again", "warning"),
    ]
