"""The filled databases of earlier commits, unpacked where the tests' own kind of database is."""

import lzma
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import psycopg
import pytest

FILLED = Path(__file__).with_name("filled")


@dataclass(frozen=True, slots=True)
class Filled:
    """A commit's databases, and the instant up to which they were filled."""

    name: str

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(f"{self.name[:10]}T12:00Z")

    def unpacked(self, suffix: str) -> bytes:
        return lzma.decompress((FILLED / f"{self.name}.{suffix}.xz").read_bytes())


ALL = [Filled(path.name.partition(".")[0]) for path in sorted(FILLED.glob("*.sqlite3.xz"))]


Unpack: TypeAlias = Callable[[Filled, Path], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def unpack() -> Unpack:
    """What unpacks a filled database; by asking for it a test says that it needs DATABASE_URL's kind."""
    return _unpacked


@contextmanager
def _unpacked(filled: Filled, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a copy, for the length of the block; of the kind that the tests run on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith(("postgres://", "postgresql://")):
        file = folder / "connects.sqlite3"
        file.write_bytes(filled.unpacked("sqlite3"))
        yield f"sqlite:///{file}"
        return
    with new_database(server) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(filled.unpacked("sql"))
        yield url


@contextmanager
def copied(url: str, var: Path, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a copy of a database that nobody uses, whose keys in `var` go to `folder`."""
    shutil.copytree(var, folder)
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder / Path(url.removeprefix('sqlite:///')).name}"
        return
    with new_database(os.environ["DATABASE_URL"], like=urlsplit(url).path[1:]) as copy:
        yield copy


@contextmanager
def new_database(server: str, like: str = "template1") -> Iterator[str]:
    """A database beside the one that a DATABASE_URL names: empty, or as another one is."""
    name = f"connects_upgrade_{os.getpid()}_{os.urandom(4).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def asked(url: str, question: str) -> list[Any]:
    """What a database answers, asked by no code of the project's."""
    if url.startswith("sqlite"):
        file = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            return file.execute(question).fetchall()
        finally:
            file.close()
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()
