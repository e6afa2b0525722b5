"""Cursors of psycopg's own on Django's connection, which send a batch as arrays.

Django's own write every value into the text of the statement, and a thousand rows that way cost more
than all else together. Transactions, connections and the exceptions that callers see remain Django's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from typing_extensions import override

from connects.journal.databases.postgresql.arrays import Binary

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper
    from psycopg.adapt import Dumper


_kept: WeakKeyDictionary[BaseDatabaseWrapper, psycopg.Cursor[Any]] = WeakKeyDictionary()


@contextmanager
def plain_cursor(connection: BaseDatabaseWrapper) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor of psycopg's own, with Django's exceptions."""
    connection.ensure_connection()
    # Never closed: a closed one forgets how many rows it changed, and holds nothing on the server.
    cursor = _new_cursor(connection)
    with connection.wrap_database_errors:
        yield cursor


@contextmanager
def kept_cursor(connection: BaseDatabaseWrapper) -> Iterator[psycopg.Cursor[Any]]:
    """The same for a statement whose rows are read before the next one is sent.

    It is made once for a connection, since to make one takes longer than a short statement.
    """
    connection.ensure_connection()
    cursor = _kept.get(connection)
    if cursor is None or cursor.connection is not connection.connection:
        cursor = _kept[connection] = _new_cursor(connection)
    with connection.wrap_database_errors:
        yield cursor


def _new_cursor(connection: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    from psycopg import Cursor  # noqa: PLC0415 only an installation on PostgreSQL needs it
    from psycopg.pq import Format  # noqa: PLC0415

    cursor = Cursor(cast("psycopg.Connection[Any]", connection.connection))
    cursor.format = Format.BINARY
    cursor.adapters.register_dumper(Binary, _binary_dumper())
    return cursor


@lru_cache
def _binary_dumper() -> type[Dumper]:
    """Sends bytes as they are, and leaves their type to the statement's cast."""
    from psycopg.adapt import Dumper  # noqa: PLC0415
    from psycopg.pq import Format  # noqa: PLC0415

    class BinaryDumper(Dumper):
        format = Format.BINARY
        oid = 0

        @override
        def dump(self, obj: Binary) -> Binary:
            return obj

    return BinaryDumper
