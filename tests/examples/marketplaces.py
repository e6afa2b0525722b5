"""The two example marketplaces as programs that run, and their own rows."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT

HOST = ROOT / "examples" / "host"
SECONDS_MOST = 120


@dataclass(frozen=True)
class Row:
    """A proposal as its host has it."""

    sent: bool
    connects: int


@dataclass
class Host:
    """One of the examples: its command, how long its work takes, and its own rows."""

    name: str
    folder: Path
    environment: dict[str, str]

    @property
    def command(self) -> list[str]:
        if self.name == "node":
            return ["node", str(HOST / "host.mjs")]
        return [sys.executable, str(HOST / "manage.py")]

    @property
    def seconds(self) -> float:
        """About how long a proposal takes on its way."""
        return 0.5 if self.name == "node" else 2.0

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self.command, *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run(self, *words: str) -> int:
        return self.begin(*words).wait(SECONDS_MOST)

    def prepare(self, accounts: list[str], jobs: list[int]) -> None:
        """Give the marketplace its own rows of who and what there is."""
        if self.name == "node":
            return
        assert self.run("migrate", "--run-syncdb", "-v0") == 0
        with self.database() as database:
            database.executemany(
                "INSERT INTO shop_freelancer (name) VALUES (?)", [(name,) for name in accounts]
            )
            database.executemany(
                "INSERT OR REPLACE INTO shop_job (id, title, client, budget_cents)"
                " VALUES (?, 'A job', 'client', 90000)",
                [(job,) for job in jobs],
            )

    def rows(self) -> dict[str, Row]:
        if self.name == "node":
            return self._lines()
        with self.database() as database:
            found = database.execute("SELECT id, sent, connects FROM shop_proposal").fetchall()
        return {name: Row(bool(sent), connects) for name, sent, connects in found}

    def _lines(self) -> dict[str, Row]:
        file = self.folder / "proposals.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        last = {line["id"]: line for line in map(json.loads, lines)}
        return {
            name: Row(line["sent"], line["connects"])
            for name, line in last.items()
            if not line.get("over")
        }

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.folder / "host.sqlite3")
        try:
            with connection:
                yield connection
        finally:
            connection.close()
