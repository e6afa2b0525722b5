"""A PostgreSQL database: dumped by its own programs, tried out in a new one, replaced by renaming."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from connects.installation.manifest import Facts, Kind, RefusedBackup, facts_of
from connects.installation.postgresql_programs import (
    ProgramMissingError,
    parameters_of,
    program_for,
    run_program,
)

NAME_LONGEST = 63
"""What PostgreSQL keeps of a name, in bytes."""
MAINTENANCE = ("postgres", "template1")
"""Databases that there are on every server: one cannot rename the one that one is in."""


class PostgresqlPlace:
    kind: Kind = "postgresql"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.parameters = parameters_of(settings)
        self.name = self.parameters["dbname"]
        self.beside = _name(self.name, f"_restoring_{os.getpid()}")

    def dump(self, into: Path) -> Facts:
        with _said("the database cannot be read"), self._connected(self.name) as database:
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The program sees the very moment in which the rows are counted here.
            moment = database.execute("SELECT pg_export_snapshot()").fetchone()
            assert moment is not None
            into.touch(mode=0o600)
            told = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment[0]}"]
            self._run("pg_dump", [*told, f"--file={into}"], self.name, database)
            return facts_of("postgresql", lambda question: _ask(database, question))

    def unpack(self, dump: Path) -> str:
        words = "no database can be made to try it out in (its user needs the right CREATEDB)"
        with _said(words), self._maintenance() as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.beside)))
        with _said("its database cannot be restored"), self._connected(self.beside) as database:
            told = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
            self._run("pg_restore", [*told, str(dump)], self.beside, database)
        return self._url(self.beside)

    def facts(self) -> Facts:
        with _said("its database cannot be read"), self._connected(self.beside) as database:
            return facts_of("postgresql", lambda question: _ask(database, question))

    def replace(self, stamp: str) -> str:
        kept = _name(self.name, f"_before_restore_{stamp}")
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        words = "the database is in use; stop `connects run` and `connects worker` first"
        with _said(words), self._maintenance() as server, server.transaction():
            there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            found = there.fetchone() is not None
            if found:
                server.execute(rename.format(sql.Identifier(self.name), sql.Identifier(kept)))
            server.execute(rename.format(sql.Identifier(self.beside), sql.Identifier(self.name)))
        return kept if found else ""

    def discard(self) -> None:
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.beside))
        with suppress(psycopg.Error), self._maintenance() as server:
            server.execute(drop)

    def _run(self, program: str, told: list[str], name: str, database: psycopg.Connection) -> None:
        try:
            found = program_for(program, database.info.server_version // 10_000)
        except ProgramMissingError as problem:
            raise RefusedBackup(str(problem)) from None
        done = run_program(found, told, {**self.parameters, "dbname": name})
        if done.returncode != 0:
            raise RefusedBackup(
                f"its database does not pass {program}: {done.stderr.strip()[-500:]}"
            )

    @contextmanager
    def _connected(self, name: str) -> Iterator[psycopg.Connection]:
        parameters: dict[str, Any] = {**self.parameters, "dbname": name}
        with psycopg.connect(**parameters, autocommit=True) as database:
            yield database

    @contextmanager
    def _maintenance(self) -> Iterator[psycopg.Connection]:
        with ExitStack() as stack:
            try:
                database = stack.enter_context(self._connected(MAINTENANCE[0]))
            except psycopg.OperationalError:
                database = stack.enter_context(self._connected(MAINTENANCE[1]))
            yield database

    def _url(self, name: str) -> str:
        told = self.parameters
        user, password = (quote(told.get(key, ""), safe="") for key in ("user", "password"))
        where = f"{told.get('host', '')}:{told['port']}" if "port" in told else told.get("host", "")
        rest = {
            k: v for k, v in told.items() if k not in {"dbname", "user", "password", "host", "port"}
        }
        query = f"?{urlencode(rest)}" if rest else ""
        return f"postgresql://{user}:{password}@{where}/{quote(name, safe='')}{query}"


def _ask(database: psycopg.Connection, question: str) -> list[Any]:
    return database.execute(question.encode()).fetchall()


def _name(name: str, ending: str) -> str:
    return name.encode()[: NAME_LONGEST - len(ending)].decode(errors="ignore") + ending


@contextmanager
def _said(words: str) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as problem:
        raise RefusedBackup(f"{words}: {str(problem).strip()}") from problem
