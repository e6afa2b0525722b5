"""A site is ready when its tables are those of its version and a worker came through of late."""

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from connects.bootstrap.clock import held_at
from connects.market.upkeep.readiness import OK, WORKER_AWAY_MOST, readiness, unapplied
from connects.market.upkeep.services import last_pass, note_pass
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def worker_at(**later: float) -> str:
    with held_at(NOON + timedelta(**later)):
        return readiness()["worker"]


def test_a_worker_that_never_ran_is_missed() -> None:
    assert last_pass() is None
    assert readiness() == {"database": OK, "migrations": OK, "worker": "has not run yet"}


def test_a_worker_is_missed_once_it_has_been_away_for_a_minute() -> None:
    note_pass(NOON, {})

    assert worker_at(seconds=WORKER_AWAY_MOST.total_seconds()) == OK
    assert worker_at(seconds=61) == "last pass 61 s ago"


def test_the_last_pass_of_any_worker_counts() -> None:
    note_pass(NOON, {"stripe paid": 1})
    note_pass(NOON + timedelta(hours=1), {"stripe paid": 2})

    found = last_pass()
    assert found is not None
    assert (found.finished, found.provider_calls) == (NOON + timedelta(hours=1), {"stripe paid": 2})
    assert worker_at(hours=1, seconds=59) == OK


def test_nobody_asks_for_a_worker_where_migrations_wait() -> None:
    assert unapplied() == 0
    MigrationRecorder.Migration.objects.filter(app="upkeep").first().delete()  # type: ignore[union-attr]

    found = readiness()

    assert (found["migrations"], found["worker"]) == ("1 not applied", "not asked")
