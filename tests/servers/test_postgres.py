"""The launcher: a server for one command, gone afterwards, and loud where there can be none."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest

from tests.architecture.sources import ROOT
from tests.servers.postgres import PostgresUnavailableError, postgres_server

NOBODY_LISTENS = "postgresql://connects@127.0.0.1:9/connects"
NO_DATABASE_NAMED: dict[str, str] = {}
SQLITE_NAMED = {"DATABASE_URL": "sqlite:///var/connects.sqlite3"}


def launch(*command: str) -> subprocess.CompletedProcess[str]:
    return launcher(["--", *command], NO_DATABASE_NAMED)


def hear_ctrl_c() -> None:
    """A shell's background jobs are born deaf to it, and so are their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def launcher(
    arguments: Sequence[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.servers.postgres", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # its signals are not for the test runner
        preexec_fn=hear_ctrl_c,
    )


@pytest.mark.parametrize("environment", [NO_DATABASE_NAMED, SQLITE_NAMED])
def test_a_server_of_our_own_answers_and_is_gone_afterwards(environment: dict[str, str]) -> None:
    with postgres_server(environment) as url, psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        folder = Path(row[0])
        assert folder.exists()

    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_server_of_our_own_can_be_given_settings() -> None:
    asks = (
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as server:\n"
        "    print(*server.execute('SHOW fsync').fetchone())"
    )
    finished = launcher(["--set=fsync=off", "--", sys.executable, "-c", asks], NO_DATABASE_NAMED)

    assert (finished.returncode, finished.stdout) == (0, "off\n")


def test_a_server_that_is_named_is_used() -> None:
    with (
        postgres_server(NO_DATABASE_NAMED) as url,
        postgres_server({"DATABASE_URL": url}) as used,
    ):
        assert used == url


def test_a_server_that_is_named_and_does_not_answer_is_an_error() -> None:
    with (
        pytest.raises(PostgresUnavailableError, match="does not answer"),
        postgres_server({"DATABASE_URL": NOBODY_LISTENS}),
    ):
        pytest.fail("there is no server to use")


def test_the_commands_exit_status_is_the_launchers() -> None:
    assert launch(sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_the_launcher_fails_where_there_is_no_server() -> None:
    finished = launcher(["--", sys.executable, "-c", "pass"], {"DATABASE_URL": NOBODY_LISTENS})

    assert finished.returncode == 1
    assert "does not answer" in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    "break_off",
    ["os.killpg(0, signal.SIGINT)", "os.kill(os.getppid(), signal.SIGTERM)"],
    ids=["as Ctrl-C does", "as an operator does"],
)
def test_a_broken_off_command_leaves_no_server_behind(break_off: str) -> None:
    report = "import os, signal; print(os.environ['DATABASE_URL'])"
    finished = launch(sys.executable, "-u", "-c", f"{report}; {break_off}; signal.pause()")

    assert finished.returncode != 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(finished.stdout.strip())
