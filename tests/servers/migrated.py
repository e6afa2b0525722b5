"""Databases with all tables and nothing in them, copied, since migrations take ten seconds.

Each is made once for the migrations that there are, and lies in `.cache`: a file for SQLite, and for
PostgreSQL what `pg_dump` says of one.
"""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT
from tests.installation.commands import Installation
from tests.servers.postgres import Cluster, create_database, start, stop, temporary_cluster

CACHE = ROOT / ".cache"
NAME = "connects.sqlite3"


def put_migrated(folder: Path) -> Path:
    """Put an installation's empty SQLite database into its folder; the file."""
    folder.mkdir(exist_ok=True)
    made = _made_once("sqlite3", _make_sqlite)
    return Path(shutil.copyfile(made, folder / NAME))


def create_migrated_database(cluster: Cluster, port: int) -> None:
    """Create the cluster's database with all tables."""
    create_database(cluster, port)
    file = cluster.folder / "migrated.sql"
    shutil.copyfile(_made_once("sql", _make_dump), file)
    file.chmod(0o644)
    done = cluster.run(
        "psql", "--quiet", "--single-transaction", f"--dbname={cluster.url(port)}", f"--file={file}"
    )
    assert done.returncode == 0, done.stdout


def _made_once(kind: str, make: Callable[[Path], None]) -> Path:
    """What is to be copied, made by whoever needs it first, for these very migrations."""
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("migrations/*.py")):
        digest.update(file.read_bytes())
    made = CACHE / f"migrated-{digest.hexdigest()[:16]}.{kind}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"migrated.{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in CACHE.glob(f"migrated-*.{kind}"):
                old.unlink()
            make(made)
    return made


def _make_sqlite(made: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Installation("", Path(folder)).is_brought_up_to_date()
        shutil.move(Path(folder) / NAME, made)


def _make_dump(made: Path) -> None:
    with temporary_cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        port = start(cluster)
        try:
            create_database(cluster, port)
            Installation(cluster.url(port), Path(folder)).is_brought_up_to_date()
            file = cluster.folder / "dump.sql"
            done = cluster.run("pg_dump", f"--dbname={cluster.url(port)}", f"--file={file}")
            assert done.returncode == 0, done.stdout
            shutil.move(file, made)
        finally:
            stop(cluster)
