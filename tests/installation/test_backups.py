"""Backups are whole although the site goes on, and a restore brings back exactly what they hold."""

import json
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.architecture.sources import ROOT
from tests.installation.commands import Installation
from tests.servers.site import serving
from tests.upgrade.databases import asked

BUSY = "SELECT count(*) FROM journal_entry WHERE reference = 'busy'"


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def under_load(installed: Installation, folder: Path) -> Iterator[list[int]]:
    """The site is served, visitors ask for pages, and another process posts; the answers' statuses."""
    stop, answers = folder / "stop", list[int]()
    with serving(installed.url, CONNECTS_VAR=str(installed.var)) as address:

        def visit() -> None:
            while not stop.exists():
                answers.append(httpx.get(f"{address}/work/", timeout=30).status_code)

        visitors = [threading.Thread(target=visit) for _ in range(2)]
        with subprocess.Popen(
            [sys.executable, "-m", "tests.installation.busy", stop],
            cwd=ROOT,
            env={**installed.environment, "DJANGO_SETTINGS_MODULE": "connects.project.settings"},
        ) as poster:
            for visitor in visitors:
                visitor.start()
            try:
                yield answers
            finally:
                stop.touch()
                assert poster.wait(60) == 0
                for visitor in visitors:
                    visitor.join()


def wait_until_busy(installed: Installation, least: int) -> None:
    waited = threading.Event()
    for _ in range(600):
        if installed.asked(BUSY)[0][0] >= least:
            return
        waited.wait(0.1)
    raise AssertionError("nothing was posted in a minute")


def test_a_backup_made_under_load_restores_to_one_moment_of_the_site(
    installed: Installation, tmp_path: Path
) -> None:
    with under_load(installed, tmp_path) as answers:
        wait_until_busy(installed, 20)
        before = installed.asked(BUSY)[0][0]
        made = installed.runs("backup", tmp_path / "site.backup")
        after = installed.asked(BUSY)[0][0]
        wait_until_busy(installed, after + 5)
    assert made.returncode == 0, made.stderr
    assert set(answers) == {200}
    everything = installed.holds()

    restored = installed.runs("restore", tmp_path / "site.backup")

    assert restored.returncode == 0, restored.stderr
    assert "Wallets and roots check out" in restored.stdout
    assert before <= installed.asked(BUSY)[0][0] <= after
    assert set(installed.holds()["entries"]) < set(everything["entries"])
    assert sorted(kept_entries(installed, restored.stdout)) == everything["entries"]


def kept_entries(installed: Installation, said: str) -> list[tuple[int, int, bytes]]:
    """The journal of the database that was there before, where the restore says it is kept."""
    kept = said.partition(" kept as ")[2].partition(";")[0]
    url = f"sqlite:///{kept}"
    if installed.vendor == "postgresql":
        url = f"{installed.url.rpartition('/')[0]}/{kept}"
    rows = asked(url, "SELECT wallet, number, hash FROM journal_entry")
    if installed.vendor == "postgresql":
        with psycopg.connect(installed.url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {kept}".encode())
    return [(wallet, number, bytes(seal)) for wallet, number, seal in rows]


def test_a_backup_is_its_owners_alone_and_tells_what_it_holds(
    installed: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "site.backup"

    made = installed.runs("backup", file)

    assert mode_of(file) == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == ["manifest.json", "database"]
    counted = installed.asked("SELECT count(*) FROM journal_entry")[0][0]
    assert manifest["facts"]["counts"]["journal_entry"] == counted > 0
    assert manifest["facts"]["last_root"]["number"] == 1
    assert manifest["facts"]["last_root"]["root"] in made.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_backup_replaces_no_file(installed: Installation, tmp_path: Path) -> None:
    file = tmp_path / "site.backup"
    file.write_text("last week's")

    made = installed.runs("backup", file)

    assert (made.returncode, file.read_text()) == (2, "last week's")
    assert "is there already" in made.stderr


def test_keys_come_along_only_when_asked_for_and_only_encrypted(
    installed: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "site.backup"
    assert installed.runs("backup", file, "--keys").returncode == 0
    key = (installed.var / "secret_key").read_text()
    assert key.encode() not in b"".join(zipfile.ZipFile(file).read(n) for n in ("keys.sealed",))
    (installed.var / "secret_key").write_text("another")

    restored = installed.runs("restore", file, "--keys")

    assert restored.returncode == 0, restored.stderr
    assert (installed.var / "secret_key").read_text() == key
    assert mode_of(installed.var / "secret_key") == 0o600
    assert [path.read_text() for path in installed.var.glob("secret_key.before-restore-*")] == [
        "another"
    ]
    kept_entries(installed, restored.stdout)


def test_a_restore_brings_back_an_older_database_that_is_gone(
    older: Installation, tmp_path: Path
) -> None:
    assert older.runs("backup", tmp_path / "site.backup").returncode == 0
    before = older.holds()
    remove(older)

    restored = older.runs("restore", tmp_path / "site.backup")

    assert restored.returncode == 0, restored.stderr
    assert older.holds() == before


def remove(installed: Installation) -> None:
    if installed.vendor == "sqlite":
        (installed.var / "connects.sqlite3").unlink()
        return
    server, _, name = installed.url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}".encode())


@pytest.mark.once
def test_sqlites_files_are_their_owners_alone_and_a_plain_copy_is_not_empty(
    installed: Installation, tmp_path: Path
) -> None:
    if installed.vendor != "sqlite":
        pytest.skip("SQLite's files alone")
    file = installed.var / "connects.sqlite3"
    file.chmod(0o644)
    # Whoever else has it open keeps SQLite from tidying up at the end.
    reader = sqlite3.connect(file)
    reader.execute("SELECT count(*) FROM people_account").fetchone()
    rows = installed.asked("SELECT count(*) FROM journal_entry")

    assert installed.runs("worker", "--once").returncode == 0

    assert {mode_of(path) for path in installed.var.glob("connects.sqlite3*")} == {0o600}
    (tmp_path / "copy.sqlite3").write_bytes(file.read_bytes())
    copied = asked(f"sqlite:///{tmp_path}/copy.sqlite3", "SELECT count(*) FROM journal_entry")
    assert copied[0][0] >= rows[0][0] > 0
    reader.close()
