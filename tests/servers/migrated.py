"""Databases with all tables and nothing in them, copied, since migrations take ten seconds.

Each is made once for the migrations that there are, and lies in `.cache`: a file for SQLite, and for
PostgreSQL what `pg_dump` says of one. The tests' own databases begin as copies, too; Django migrates
them all the same, and finds little to do.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

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


@contextmanager
def migrated_in_memory(name: str) -> Iterator[None]:
    """An SQLite database in this process' memory with all tables, at least for the block."""
    made = _made_once("sqlite3", _make_sqlite)
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(made)) as file:
            file.backup(memory)
        yield


def migrated_template(server: str) -> str:
    """The name of a database with all tables beside the one that a DATABASE_URL names.

    It is made by whoever needs it first; `drop_template` is for the end.
    """
    name = _template_name()
    with psycopg.connect(server, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            # Under another name until it is whole.
            cursor.execute(f"DROP DATABASE IF EXISTS {name}_begun")
            cursor.execute(f"CREATE DATABASE {name}_begun")
            with psycopg.connect(
                urlsplit(server)._replace(path=f"/{name}_begun").geturl()
            ) as begun:
                begun.execute(_made_once("sql", _make_dump).read_bytes())
            cursor.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


def drop_template(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_template_name()}")


def _template_name() -> str:
    return f"test_connects_migrated_{_digest()}"


def _made_once(kind: str, make: Callable[[Path], None]) -> Path:
    """What is to be copied, made by whoever needs it first, for these very migrations."""
    made = CACHE / f"migrated-{_digest()}.{kind}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"migrated.{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in CACHE.glob(f"migrated-*.{kind}"):
                old.unlink()
            make(made)
    return made


def _is_sql(line: str) -> bool:
    """Whether any server takes it; the rest is for `psql`, or for servers as new as `pg_dump`."""
    return not line.startswith(("\\", "SET transaction_timeout"))


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


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
            done = cluster.run(
                "pg_dump",
                "--inserts",
                "--no-owner",
                f"--dbname={cluster.url(port)}",
                f"--file={file}",
            )
            assert done.returncode == 0, done.stdout
            made.write_text("".join(filter(_is_sql, file.read_text().splitlines(keepends=True))))
        finally:
            stop(cluster)
