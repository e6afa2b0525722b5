"""A sandbox's clock is one for all of its processes, and no other database has one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connects.acts.accounts.make_api_client import MadeServerKey
from connects.acts.accounts.open_sandbox import open_sandbox
from connects.bootstrap.clock import ahead_at, held_at, now, run_ahead
from connects.market.api_clients.models import ApiClient, Scope
from connects.market.people.models import User
from connects.market.upkeep.models import SandboxClock
from connects.market.upkeep.sandbox import begin_sandbox, follow_clock, is_sandbox, set_clock

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _real_time_afterwards(settings: Any) -> Iterator[None]:
    settings.SANDBOX = True
    yield
    run_ahead(timedelta())


def test_an_empty_database_becomes_a_sandbox_with_one_client_that_may_do_everything() -> None:
    made = open_sandbox()

    assert isinstance(made, MadeServerKey)
    assert made.secret.startswith("csk_test_")
    assert is_sandbox()
    assert ApiClient.objects.get().scopes == [scope.value for scope in Scope]


def test_a_database_with_anybody_in_it_does_not() -> None:
    User.objects.create_user("ana@test.example", "Ana", None)

    assert open_sandbox() is None
    assert not is_sandbox()
    assert not ApiClient.objects.exists()


def test_a_sandbox_begins_once() -> None:
    begin_sandbox(now())
    set_clock(now() + A_DAY)
    begin_sandbox(now())

    assert SandboxClock.objects.get().ahead > 0


def test_a_clock_that_was_set_stands_there_and_runs_on() -> None:
    begin_sandbox(now())
    to = now() + 40 * A_DAY
    set_clock(to)

    first, second = now(), now()
    assert to <= first <= second < to + A_DAY
    assert ahead_at(to) <= 40 * A_DAY


def test_who_follows_reads_the_row_again() -> None:
    begin_sandbox(now())
    set_clock(now() + 40 * A_DAY)
    run_ahead(timedelta())
    follow_clock()

    assert ahead_at(now()) > 39 * A_DAY


def test_a_real_installation_never_follows(settings: Any) -> None:
    begin_sandbox(now())
    set_clock(now() + 40 * A_DAY)
    run_ahead(timedelta())
    settings.SANDBOX = False
    follow_clock()

    assert ahead_at(now()) < A_DAY


def test_without_a_row_the_time_is_the_real_one() -> None:
    follow_clock()

    assert ahead_at(now()) < A_DAY


def test_a_held_clock_is_held_in_a_sandbox_too() -> None:
    instant = datetime(2030, 1, 1, tzinfo=UTC)
    run_ahead(A_DAY)

    with held_at(instant):
        assert now() == instant
