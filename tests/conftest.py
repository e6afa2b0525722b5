import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from connects.journal import schema
from tests.emptying import empty_instead_of_flushing, journal_is_filled
from tests.network import stay_on_this_machine
from tests.servers.citus import ON_CITUS, SCRIPT, distributed_tables, said_at_the_end
from tests.servers.migrated import drop_template, migrated_in_memory, migrated_template
from tests.upgrade.databases import unpack

__all__ = ["distributed_tables", "unpack"]

# Tests run beside each other: one thread each, or those that learn would wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")

if ON_CITUS:

    @pytest.fixture(scope="session")
    def django_db_setup(distributed_tables: None) -> None:
        """The cluster's own database, in place of one that Django makes."""

else:
    stay_on_this_machine()
    empty_instead_of_flushing()

    @pytest.fixture(scope="session")
    def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
        """Copy a migrated database for this process, so that Django's migrating is soon done."""
        server = os.environ.get("DATABASE_URL", "")
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template(server)
            yield
            return
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        with migrated_in_memory(name):
            yield

    def pytest_sessionfinish(session: pytest.Session) -> None:
        """The last process, which started the others, tidies up."""
        if connection.vendor == "postgresql" and not hasattr(session.config, "workerinput"):
            drop_template(os.environ["DATABASE_URL"])


# Tests pay with the test method on PostgreSQL, too; so do the programs that they start.
os.environ.setdefault("CONNECTS_TEST_PAYMENTS", "1")


def pytest_configure() -> None:
    """The settings may have been read before this file."""
    settings.TEST_PAYMENTS = True


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "unpack"}
"""Fixtures that open the database that DATABASE_URL names, or make others beside it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the database that DATABASE_URL names.

    `make quick` does without one, and what needs none is not run again on the other kind.
    """
    for item in items:
        asks = bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
        asks = asks or item.get_closest_marker("django_db") is not None
        if asks and item.get_closest_marker("once") is None:
            item.add_marker("database")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what this run cannot know."""
    terminalreporter.write_line(said_at_the_end())


# Repeatable by default; HYPOTHESIS_PROFILE=search looks for new counterexamples.
hypothesis_settings.register_profile(
    "repeatable",
    deadline=None,  # two tests share a core with a database
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # speed is the benches' business
)
hypothesis_settings.register_profile(
    "quick", hypothesis_settings.get_profile("repeatable"), max_examples=20
)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Hash passwords quickly: the real hash is slow on purpose, and no test is about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_limits_from_earlier_tests() -> None:
    """Forget how often things were done: people of different tests bear the same numbers."""
    cache.clear()


GUARDED = (
    "connects.market.trust.migrations.0002_lines_are_final",
    "connects.market.invoices.migrations.0002_documents_are_final",
)


def really_commits(request: pytest.FixtureRequest) -> bool:
    """Whether what the test writes is emptied out of the tables after it, and not rolled back."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return bool(commits or {"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def _rows_that_can_be_emptied(request: pytest.FixtureRequest) -> None:
    """Let Django empty the tables whose rows are final; tests that commit come after all others."""
    if really_commits(request) and not ON_CITUS:
        request.getfixturevalue("django_db_setup")
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connection.cursor() as cursor:
            for name in GUARDED:
                for statement in import_module(name).DROPS[connection.vendor]:
                    cursor.execute(statement)


@pytest.fixture(autouse=True)
def _fresh_journal_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make the journal's tables anew after a test that really commits.

    Django empties the tables of its models then, but not these: no model stands for them, and
    their triggers forbid it.
    """
    yield
    if really_commits(request):
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connection.cursor() as cursor:
            if not journal_is_filled():
                return
            for statement in schema.removal(connection.vendor) + schema.creation(connection.vendor):
                cursor.execute(statement)
            if ON_CITUS:
                cursor.execute(SCRIPT.read_text())
