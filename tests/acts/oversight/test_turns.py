"""Requests about the same thing take turns, and none waits for long."""

from collections.abc import Iterator
from threading import Timer
from typing import Any

import pytest
from django.db import connection

from connects.acts.oversight import turns
from tests.api.calling import problem
from tests.api.hosts import Host

pytestmark = pytest.mark.django_db

GRANT = {"account": "u-7", "credits": 5, "reason": "A delay"}
NUMBER = turns._number("grant:g-1")


@pytest.fixture
def other() -> Iterator[Any]:
    """Another request, which has the turn of a grant."""
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the only writer is waited for, whatever it is about")
    own = connection.copy()
    own.inc_thread_sharing()
    own.cursor().execute("SELECT pg_advisory_lock(%s)", [NUMBER])
    yield own
    own.close()


def let_go(other: Any) -> None:
    other.cursor().execute("SELECT pg_advisory_unlock_all()")


def test_the_second_of_two_at_once_waits_for_its_turn_and_no_other_wait_is_cut_short(
    other: Any,
) -> None:
    host = Host()
    host.freelancer()
    soon = Timer(0.05, let_go, [other])
    soon.start()

    assert host.put("grants/g-1", GRANT).status_code == 201

    soon.join()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_who_has_waited_for_long_is_told_that_it_is_being_done_and_may_call_again(
    other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SECONDS_MOST", 0.05)
    host = Host()
    host.freelancer()
    many = {"items": [{"id": "g-1", **GRANT}, {"id": "g-2", **GRANT}], "atomic": True}

    for taken in (host.put("grants/g-1", GRANT), host.put("grants", many)):
        assert problem(taken, 409)["code"] == "in_progress"
        assert taken.headers["Retry-After"] == "1"
    let_go(other)

    assert host.put("grants", many).json()["items"][0]["status"] == 201
    assert host.put("grants/g-1", GRANT).headers["Idempotent-Replayed"] == "true"
