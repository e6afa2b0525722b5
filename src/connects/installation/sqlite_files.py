"""SQLite's files: readable to their owner alone, and whole without the log beside them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.db import connection

BESIDE = ("", "-wal", "-shm", "-journal")
OTHERS = 0o077


def database_file() -> Path | None:
    """The SQLite file of this installation; None on PostgreSQL, and in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        return None
    return Path(name)


def files_of(file: Path) -> list[Path]:
    """The database's files that there are: itself, its log, and the log's index."""
    found = (file.with_name(file.name + suffix) for suffix in BESIDE)
    return [path for path in found if path.exists()]


def keep_private() -> None:
    """Take the files from everyone but their owner. SQLite makes the log as it finds the database."""
    file = database_file()
    if file is None:
        return
    with suppress(
        OSError
    ):  # another owner's file, or a folder that is not there: that is told later
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        for path in files_of(file):
            if path.stat().st_mode & OTHERS:
                path.chmod(0o600)


def checkpoint() -> None:
    """Bring the log into the database as far as nobody reads what it replaces; nobody waits for it."""
    if database_file() is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
