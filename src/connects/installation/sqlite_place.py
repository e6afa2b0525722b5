"""An SQLite file: copied while it is in use, tried out beside, and replaced by renaming."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from connects.installation.manifest import Facts, Kind, RefusedBackup, facts_of
from connects.installation.sqlite_files import files_of

ALONE_SECONDS = 2.0
"""How long a restore waits for other users of the database."""


class SqlitePlace:
    kind: Kind = "sqlite"

    def __init__(self, file: Path) -> None:
        self.file = file
        self.beside = file.with_name(f"{file.name}.restoring-{os.getpid()}")

    def dump(self, into: Path) -> Facts:
        if not self.file.exists() or not self.file.stat().st_size:
            raise RefusedBackup(f"there is no database at {self.file}")
        try:
            with closing(sqlite3.connect(self.file)) as live, closing(_opened(into)) as copy:
                live.backup(copy)  # in one step, which is one moment; writers go on in the log
                # A copy keeps the mode of its log in its head: it shall be one file.
                copy.execute("PRAGMA journal_mode = DELETE")
                return facts_of("sqlite", lambda question: copy.execute(question).fetchall())
        except sqlite3.Error as problem:
            raise RefusedBackup(f"the database cannot be copied: {problem}") from problem

    def unpack(self, dump: Path) -> str:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        dump.rename(self.beside)
        with _sound(), closing(sqlite3.connect(self.beside)) as beside:
            found = [text for (text,) in beside.execute("PRAGMA integrity_check")]
            if found != ["ok"]:
                raise RefusedBackup(f"its database is damaged: {found[0]}")
        return f"sqlite:///{self.beside}"

    def facts(self) -> Facts:
        with _sound(), closing(sqlite3.connect(self.beside)) as beside:
            return facts_of("sqlite", lambda question: beside.execute(question).fetchall())

    def replace(self, stamp: str) -> str:
        with closing(sqlite3.connect(self.beside)) as beside:
            beside.execute("PRAGMA journal_mode = DELETE")
        if not self.file.exists():
            self.beside.rename(self.file)
            return ""
        _require_alone(self.file)
        kept = self.file.with_name(f"{self.file.name}.before-restore-{stamp}")
        try:
            # With a second name, there is at every moment either the old file or the new one.
            kept.hardlink_to(self.file)
        except OSError:  # a file system without hard links
            self.file.rename(kept)
        self.beside.replace(self.file)
        return str(kept)

    def discard(self) -> None:
        for path in files_of(self.beside):
            path.unlink()


def _opened(file: Path) -> sqlite3.Connection:
    file.touch(mode=0o600, exist_ok=True)
    return sqlite3.connect(file)


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise RefusedBackup(f"its database is damaged: {problem}") from problem


def _require_alone(file: Path) -> None:
    """Bring the log into the file and remove it, which SQLite does only for who is alone with it."""
    with closing(sqlite3.connect(file, timeout=ALONE_SECONDS)) as old:
        with suppress(sqlite3.DatabaseError):
            mode = old.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode == ("delete",):
                return
        if _is_damaged(old):
            return  # nobody can use it; it is kept as it is
    raise RefusedBackup("the database is in use; stop `connects run` and `connects worker` first")


def _is_damaged(database: sqlite3.Connection) -> bool:
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False  # locked
    except sqlite3.DatabaseError:
        return True  # no database at all
    return False
