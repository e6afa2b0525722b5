"""The operations that a backup and a restore need of a database. SQLite and PostgreSQL each have
theirs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from connects.installation.manifest import Facts, Kind, RefusedBackup


class Place(Protocol):
    """The database of this installation, and a place beside it where a backup is tried out."""

    kind: Kind

    def dump(self, into: Path) -> Facts:
        """Write the whole database, as it is at one moment, into a new file; what it holds.

        The site goes on meanwhile. Raises RefusedBackup, in words for people, where that fails.
        """

    def unpack(self, dump: Path) -> str:
        """Make the place beside from a dump; its DATABASE_URL. Raises RefusedBackup."""

    def facts(self) -> Facts:
        """What the place beside holds."""

    def replace(self, stamp: str) -> str:
        """Put what is beside into the database's place; where what was there is kept ("" if nothing).

        Raises RefusedBackup, and changes nothing, while anybody else uses the database.
        """

    def discard(self) -> None:
        """Remove the place beside, if it is still there."""


def database_place() -> Place:
    """The place of the database that the settings name."""
    if connection.vendor == "postgresql":
        from connects.installation.postgresql_place import PostgresqlPlace  # noqa: PLC0415 needs psycopg

        return PostgresqlPlace(connection.settings_dict)
    from connects.installation.sqlite_files import database_file  # noqa: PLC0415 as above
    from connects.installation.sqlite_place import SqlitePlace  # noqa: PLC0415 as above

    file = database_file()
    if file is None:
        raise RefusedBackup("a database in memory cannot be backed up or restored")
    return SqlitePlace(file)
