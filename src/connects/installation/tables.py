"""Whether the database's tables are those that this version's models and journal need.

Django goes by the names of applied migrations and never looks at the tables. This looks: at tables,
columns with their types, named constraints and indexes, and the journal's guards.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from connects.installation.manifest import unknown_migrations
from connects.journal import schema

_GUARD = re.compile(r"CREATE TRIGGER (\w+)")
# Django itself makes keys of tables between models wider than it says of them.
_WHOLE = re.compile(r"(small|big)?(int|integer|serial)\b")
_ALIASES = {"character varying": "varchar", "character(": "char("}
_TYPES = {
    # As SQLite has them written, and as PostgreSQL writes them.
    "sqlite": "SELECT name, type FROM pragma_table_xinfo(%s)",
    "postgresql": (
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = to_regclass(quote_ident(%s)) AND attnum > 0 AND NOT attisdropped"
    ),
}
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = to_regclass(quote_ident(%s)) AND NOT tgisinternal AND tgenabled <> 'D'"
    ),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """What was found wrong, in words; all empty where the tables fit.

    `ahead` are migrations that only a newer version has, `waiting` those that were not applied yet,
    `misfits` what is otherwise missing or of another kind. In a database that is `new` none was applied.
    """

    ahead: tuple[str, ...]
    waiting: tuple[str, ...]
    misfits: tuple[str, ...]
    new: bool = False

    @property
    def fit(self) -> bool:
        return not (self.ahead or self.waiting or self.misfits)


def tables() -> Tables:
    """Compare the database with this version."""
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    waiting = tuple(str(migration) for migration, _ in executor.migration_plan(targets))
    ahead = tuple(sorted(unknown_migrations(executor.loader.applied_migrations)))
    # Before all migrations are applied the tables cannot fit, and that says it already.
    misfits = () if waiting or ahead else (*_models_misfits(), *_journals_misfits())
    return Tables(ahead, waiting, misfits, new=not executor.loader.applied_migrations)


def _models_misfits() -> Iterator[str]:
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:  # noqa: SLF001 Django's documented name
            continue
        table = model._meta.db_table  # noqa: SLF001
        if table in present:
            yield from _columns_misfits(model, table)
            yield from _named_misfits(model, table)
        else:
            yield f"the table {table} is missing"


def _columns_misfits(model: type[Model], table: str) -> Iterator[str]:
    found = {name: _plain(kind) for name, kind in _asked(_TYPES, table)}
    for field in model._meta.local_concrete_fields:  # noqa: SLF001
        name, wanted = field.column, _plain(field.db_type(connection) or "")
        if name not in found:
            yield f"the column {table}.{name} is missing"
        elif found[name] != wanted:
            yield f"the column {table}.{name} is {found[name]}, and should be {wanted}"


def _named_misfits(model: type[Model], table: str) -> Iterator[str]:
    named = [*model._meta.constraints, *model._meta.indexes]  # noqa: SLF001
    if not named:
        return
    with connection.cursor() as cursor:
        found: Any = connection.introspection.get_constraints(cursor, table)
    for wanted in named:
        if wanted.name not in found:
            yield f"{table} lacks {wanted.name} (a constraint or an index)"


def _journals_misfits() -> Iterator[str]:
    """The journal's own two tables, which have no models, against freshly made ones."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in schema.creation("sqlite"):
            fresh.execute(statement)
        for table in ("journal_wallet", "journal_entry"):
            wanted = [row[0] for row in fresh.execute(_TYPES["sqlite"].replace("%s", "?"), [table])]
            found = {name for name, _ in _asked(_TYPES, table)}
            for name in wanted:
                if name not in found:
                    yield f"the column {table}.{name} is missing"
    guards = _GUARD.findall("\n".join(schema.creation(connection.vendor)))
    found = {name for (name,) in _asked(_TRIGGERS, "journal_entry")}
    for guard in guards:
        if guard not in found:
            yield f"the trigger {guard}, which keeps journal entries as they are, is missing"


def _asked(questions: dict[str, str], table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor], [table])
        return list(cursor.fetchall())


def _plain(kind: str) -> str:
    """A type's name as both databases and Django would write it; whole numbers are of one kind."""
    plain = kind.lower()
    if _WHOLE.match(plain):
        return "integer"
    for long, short in _ALIASES.items():
        plain = plain.replace(long, short)
    return plain.split(" check")[0].split(" generated")[0].strip()
