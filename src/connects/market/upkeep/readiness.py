"""Whether the site can do its work: its database, the database's tables, and the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from connects.bootstrap.clock import now as clock_now
from connects.market.upkeep.services import last_pass

OK = "ok"
WORKER_AWAY_MOST = timedelta(seconds=60)


def readiness() -> Mapping[str, str]:
    """What stands against each of the parts, `ok` where nothing does."""
    try:
        waiting = unapplied()
        if waiting:
            return {"database": OK, "migrations": f"{waiting} not applied", "worker": "not asked"}
        return {"database": OK, "migrations": OK, "worker": _worker()}
    except Error:
        return {"database": "unavailable", "migrations": "not asked", "worker": "not asked"}


def unapplied() -> int:
    """How many migrations of this version the database has not seen."""
    return len(_known() - set(MigrationRecorder(connection).applied_migrations()))


@lru_cache(maxsize=1)
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _worker() -> str:
    seen = last_pass()
    if seen is None:
        return "has not run yet"
    away = clock_now() - seen.finished
    return OK if away <= WORKER_AWAY_MOST else f"last pass {away // timedelta(seconds=1)} s ago"
