"""What is the database's absence, and what is somebody's mistake."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from connects.bootstrap.outages import is_outage


def as_django(error: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """The error as Django hands it on."""
    told = kind(str(error))
    told.__cause__ = error
    return told


def raised(act: Callable[[], object]) -> Exception:
    with pytest.raises((sqlite3.Error, psycopg.Error)) as caught:
        act()
    return caught.value


def test_an_sqlite_file_that_is_locked_for_too_long_is_away(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    with sqlite3.connect(file) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        other = sqlite3.connect(file, timeout=0)
        assert is_outage(as_django(raised(lambda: other.execute("CREATE TABLE t (a)"))))
        other.close()
    holder.close()


def test_a_folder_that_is_gone_is_away(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "x.sqlite3"
    assert is_outage(as_django(raised(lambda: sqlite3.connect(file))))


def test_a_server_that_refuses_connections_is_away() -> None:
    address = "postgresql://connects:secret@127.0.0.1:1/connects?connect_timeout=2"
    assert is_outage(as_django(raised(lambda: psycopg.connect(address))))


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.AdminShutdown("terminating"),
        psycopg.errors.TooManyConnections("too many"),
        psycopg.errors.DiskFull("no room"),
        psycopg.errors.LockNotAvailable("waited"),
    ],
)
def test_a_server_that_cannot_take_more_is_away(error: Exception) -> None:
    assert is_outage(as_django(error))


def test_a_closed_connection_is_away() -> None:
    assert is_outage(as_django(psycopg.InterfaceError("closed"), InterfaceError))


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM no_such_table", "SELECT abs(-9223372036854775808)"]
)
def test_a_wrong_statement_is_a_mistake(statement: str) -> None:
    with sqlite3.connect(":memory:") as memory:
        assert not is_outage(as_django(raised(lambda: memory.execute(statement))))
    memory.close()


@pytest.mark.parametrize("error", [None, ValueError("x"), ProgrammingError("x")])
def test_other_errors_are_mistakes(error: Exception | None) -> None:
    assert not is_outage(error)
