"""A Citus cluster for the ledger's tests: the empty database that CITUS_URL names.

The tests that run there are a run of pytest by themselves
(`tests.journal.databases.postgresql.test_citus`), with CONNECTS_ON_CITUS set: tables are then made in
that very database, since Django's usual test database would need the extension and the nodes once more.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.architecture.sources import ROOT

SCRIPT = ROOT / "docs" / "citus.sql"
ON_CITUS = os.environ.get("CONNECTS_ON_CITUS", "") == "1"
NOT_RUN = (
    "Citus: the ledger was NOT tested on a cluster, since CITUS_URL names none (see docs/citus.md)."
)


def said_at_the_end() -> str:
    """What the run's summary says of Citus."""
    if ON_CITUS or os.environ.get("CITUS_URL"):
        return "Citus: the ledger was tested on the cluster that CITUS_URL names."
    return NOT_RUN


@pytest.fixture(scope="session")
def distributed_tables(django_db_blocker: Any) -> Iterator[None]:
    """The tables, made and distributed; removed in the end."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(SCRIPT.read_text())
    yield
    with django_db_blocker.unblock():
        call_command("migrate", "journal", "zero", verbosity=0, interactive=False)
