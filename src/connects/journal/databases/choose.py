"""Which store keeps the journal of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from connects.journal.databases.postgresql.citus import CitusStore, distributes
from connects.journal.databases.postgresql.store import PostgreSQLStore
from connects.journal.databases.sqlite import SQLiteStore

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from connects.journal.databases.sql import SqlStore

_distributed: dict[tuple[str, str], bool] = {}


def store_of(alias: str = "default") -> SqlStore:
    """The store in the database that Django calls `alias`, over this thread's connection to it."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return SQLiteStore(connection)
    return CitusStore(connection) if _is_distributed(connection) else PostgreSQLStore(connection)


def _is_distributed(connection: BaseDatabaseWrapper) -> bool:
    """Whether Citus distributes the journal. A process asks once."""
    database = (connection.alias, connection.settings_dict["NAME"])
    distributed = _distributed.get(database)
    if distributed is None:
        distributed = _distributed[database] = distributes(connection)
    return distributed
