"""The commands as operators run them, on a database that an earlier commit filled."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.architecture.sources import ROOT
from tests.upgrade.databases import asked

PASSPHRASE = "three lots make a wallet"
ENTRIES = "SELECT wallet, number, hash FROM journal_entry"


@dataclass(frozen=True, slots=True)
class Installation:
    """A database, and the folder with its keys."""

    url: str
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        told = {"DATABASE_URL": self.url, "CONNECTS_VAR": str(self.var)}
        return {**os.environ, **told, "CONNECTS_BACKUP_PASSPHRASE": PASSPHRASE}

    def runs(self, *command: str | Path, **told: str) -> subprocess.CompletedProcess[str]:
        """Run a subcommand of `connects` to its end."""
        return self.program("connects.cli", *command, **told)

    def program(self, *command: str | Path, **told: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**self.environment, **told},
            capture_output=True,
            text=True,
            check=False,
        )

    def is_brought_up_to_date(self) -> None:
        done = self.program("django", "migrate", "--settings=connects.project.settings", "-v0")
        assert done.returncode == 0, done.stderr

    def holds(self) -> dict[str, Any]:
        """What must not change where nothing may: rows, and the keys."""
        entries = [(wallet, number, bytes(seal)) for wallet, number, seal in self.asked(ENTRIES)]
        accounts = self.asked("SELECT id, handle FROM people_account ORDER BY id")
        kept = {path.name: path.read_text() for path in self.var.glob("*key*")}
        return {"entries": sorted(entries), "accounts": accounts, "keys": kept}

    def asked(self, question: str) -> list[Any]:
        return asked(self.url, question)

    @property
    def vendor(self) -> str:
        return "sqlite" if self.url.startswith("sqlite") else "postgresql"


@contextmanager
def opened(installed: Installation) -> Iterator[Any]:
    """A connection of no code of the project's; what it changes is committed at the end."""
    if installed.vendor == "postgresql":
        with psycopg.connect(installed.url) as server:
            yield server
        return
    with closing(sqlite3.connect(installed.var / "connects.sqlite3")) as file:
        file.execute("PRAGMA journal_mode = WAL").fetchone()
        with file:
            yield file
