"""Tables that do not fit are named, with what to do, and nothing is started on them."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation.commands import Installation, opened
from tests.upgrade.databases import ALL, Unpack, copied


@pytest.fixture(scope="module")
def fitting(
    up_to_date: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation that is up to date, with its keys; it is only copied."""
    folder = tmp_path_factory.mktemp("fitting") / "var"
    with copied(up_to_date.url, up_to_date.var, folder) as url:
        installed = Installation(url, folder)
        made = installed.runs("roots", "make")
        assert made.returncode == 0, made.stderr
        yield installed


@pytest.fixture
def current(fitting: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation that is up to date, of the test's own."""
    folder = tmp_path / "var"
    with copied(fitting.url, fitting.var, folder) as url:
        yield Installation(url, folder)


@pytest.fixture
def broken(unpack: Unpack, tmp_path: Path) -> Iterator[Installation]:
    """The database whose subscriptions have no kind, as the migrations were noted in it then."""
    with unpack(ALL[0], tmp_path) as url:
        yield Installation(url, tmp_path)


def change(installed: Installation, *statements: str) -> None:
    with opened(installed) as database:
        for statement in statements:
            database.execute(statement)


def test_an_installation_that_is_right_is_told_so(current: Installation) -> None:
    said = current.runs("doctor")

    assert (said.returncode, "WRONG" in said.stdout) == (0, False), said.stdout
    assert "the tables fit this version" in said.stdout
    assert said.stdout.endswith("Nothing is wrong.\n")


def test_what_is_missing_in_the_tables_is_named_and_nothing_starts(current: Installation) -> None:
    trigger = "DROP TRIGGER journal_entry_unchanged"
    column = "ALTER TABLE jobs_job DROP COLUMN description"
    if current.vendor == "postgresql":
        trigger += " ON journal_entry"
        column += " CASCADE"  # the words that are searched are computed from it
    change(
        current,
        trigger,
        column,
        "DROP INDEX renewal_due",
        "DROP TABLE jobs_demandbyhand",
    )

    said = current.runs("doctor")

    assert said.returncode == 1
    for words in (
        "the column jobs_job.description is missing",
        "plans_subscription lacks renewal_due",
        "the table jobs_demandbyhand is missing",
        "the trigger journal_entry_unchanged",
    ):
        assert words in said.stdout
    for command in (("worker", "--once"), ("run", "--no-demo", "--port", "18931")):
        refused = current.runs(*command)
        assert refused.returncode == 2, refused.stdout
        assert "`connects doctor` says all that is wrong" in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_column_of_another_kind_is_named(current: Installation) -> None:
    change(
        current,
        "ALTER TABLE trust_staffact DROP COLUMN reason",
        "ALTER TABLE trust_staffact ADD COLUMN reason BIGINT",
    )

    assert "trust_staffact.reason is integer, and should be varchar(500)" in (
        current.runs("doctor").stdout
    )


def test_migrations_that_wait_are_told_with_what_to_do(broken: Installation) -> None:
    said = broken.runs("doctor")

    assert said.returncode == 1
    assert "migrations wait" in said.stdout
    assert "connects backup FILE" in said.stdout
    assert broken.runs("worker", "--once").returncode == 2


def test_an_empty_database_is_told_to_be_one(tmp_path: Path) -> None:
    said = Installation(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path).runs("worker", "--once")

    assert said.returncode == 2
    assert said.stderr.startswith("There is no marketplace here yet:\n- the database is empty")
    assert "migrations" not in said.stderr


@pytest.mark.parametrize("command", ["doctor", "check"])
def test_nobody_is_sent_to_back_an_empty_database_up(tmp_path: Path, command: str) -> None:
    said = Installation(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path).runs(command)

    assert said.returncode == 1
    assert "the database is empty" in said.stdout
    assert "backup" not in said.stdout


def test_a_database_of_a_newer_version_is_refused_before_it_is_touched(
    current: Installation,
) -> None:
    change(
        current,
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('jobs', '9999_from_the_future', '2030-01-01')",
    )

    said, refused = current.runs("doctor"), current.runs("run", "--no-demo", "--port", "18932")

    assert said.returncode == 1
    assert "jobs.9999_from_the_future" in said.stdout
    assert (refused.returncode, "newer Connects" in refused.stderr) == (2, True)


def test_a_worker_that_does_nothing_is_told_with_since_when(current: Installation) -> None:
    change(
        current,
        "INSERT INTO upkeep_workerpass (id, finished, provider_calls)"
        " VALUES (1, '2026-11-26 12:00:00+00:00', '{}')",
    )

    said = current.runs("doctor")

    assert said.returncode == 1
    assert "the worker has done nothing since 2026-11-26 12:00:00 UTC" in said.stdout


def test_a_key_that_others_may_read_or_that_is_gone_is_told(current: Installation) -> None:
    (current.var / "secret_key").chmod(0o644)
    (current.var / "root_key.pem").rename(current.var / "elsewhere.pem")

    said = current.runs("doctor")

    assert said.returncode == 1
    assert f"chmod 600 {current.var / 'secret_key'}" in said.stdout
    assert "restore FILE --keys" in said.stdout
    assert not (current.var / "root_key.pem").exists()
    assert stat.S_IMODE((current.var / "secret_key").stat().st_mode) == 0o644


def test_a_database_that_cannot_be_reached_is_told_in_words(tmp_path: Path) -> None:
    gone = Installation("postgresql://connects:secret@127.0.0.1:9/connects", tmp_path)

    said = gone.runs("doctor")

    assert said.returncode == 1
    assert "the database cannot be read" in said.stdout
    assert "Check DATABASE_URL" in said.stdout
    assert "secret" not in said.stdout.replace("secret_key", "") + said.stderr
