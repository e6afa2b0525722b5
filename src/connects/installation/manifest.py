"""The manifest of a backup, by which a restore tells whether it is whole, ours, and not newer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from django.db.migrations.loader import MigrationLoader
from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT = "connects backup"
NEWEST = 1
MIGRATIONS = "django_migrations"
ROOTS = "journal_root"

Ask = Callable[[str], list[Any]]
Kind = Literal["sqlite", "postgresql"]

_TABLES = {
    "sqlite": (
        "SELECT name FROM sqlite_master"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ),
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


class RefusedBackup(ValueError):
    """A backup cannot be made or used; the message says why, in words for people."""


class LastRoot(BaseModel):
    """The newest signed root of a database: what its backup can be held against."""

    model_config = ConfigDict(frozen=True)

    number: int
    day: str
    root: str


class Facts(BaseModel):
    """What a database holds, read in one moment."""

    model_config = ConfigDict(frozen=True)

    counts: dict[str, int]
    migrations: list[tuple[str, str]]
    last_root: LastRoot | None


class Manifest(BaseModel):
    """The first part of a backup. `sha256` and `bytes` are those of the database's part."""

    model_config = ConfigDict(frozen=True)

    format: str
    edition: int
    made: str
    version: str
    kind: Kind
    facts: Facts
    sha256: str
    bytes: int
    keys: bool


def facts_of(kind: Kind, ask: Ask) -> Facts:
    """Count and read what the manifest says of a database that is asked in its own SQL."""
    tables = sorted(str(name) for (name,) in ask(_TABLES[kind]))
    counts = {table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for table in tables}  # noqa: S608 the database's own names
    applied: list[tuple[str, str]] = []
    if MIGRATIONS in counts:
        applied = [(app, name) for app, name in ask(f"SELECT app, name FROM {MIGRATIONS}")]  # noqa: S608 ours
    root = None
    if counts.get(ROOTS):
        number, day, text = ask("SELECT number, day, root FROM journal_root ORDER BY number DESC")[
            0
        ]
        root = LastRoot(number=number, day=str(day), root=bytes(text).hex())
    return Facts(counts=counts, migrations=sorted(applied), last_root=root)


def manifest_from(text: bytes) -> Manifest:
    """Read a manifest. Raises RefusedBackup for what is none, or a newer edition's."""
    try:
        found = Manifest.model_validate_json(text)
    except ValidationError:
        raise RefusedBackup("its manifest is not one that `connects backup` writes") from None
    if found.format != FORMAT:
        raise RefusedBackup("its manifest is not one that `connects backup` writes")
    if found.edition > NEWEST:
        raise RefusedBackup(
            f"it was made by a newer Connects ({found.version}); install that version to restore it"
        )
    return found


def unknown_migrations(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the applied migrations that this version does not have: they are of a newer one."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return [f"{app}.{name}" for app, name in applied if (app, name) not in known]


def differences(said: Facts, found: Facts) -> list[str]:
    """In which words a database is not what a manifest says of it."""
    told = []
    for table in sorted(said.counts.keys() | found.counts.keys()):
        before, now = said.counts.get(table), found.counts.get(table)
        if before != now:
            told.append(f"{table} has {_rows(now)}, and its manifest says {_rows(before)}")
    if said.last_root != found.last_root:
        told.append("its last signed root is not the one that its manifest names")
    if sorted(said.migrations) != sorted(found.migrations):
        told.append("its migrations are not those that its manifest names")
    return told


def _rows(count: int | None) -> str:
    return "no table" if count is None else f"{count:,} rows"
