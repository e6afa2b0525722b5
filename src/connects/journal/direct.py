"""PostgreSQL by libpq itself, for the few statements that single posts are made of.

A cursor costs its process some 90 µs for each statement: it is looked up, its values are adapted, and
the wait for the server goes round in Python. Here a statement is prepared once on a connection; from
then on it is one call into C, in which other threads have the interpreter, and its rows are made in C.

The hard case is a connection that others use, too: where psycopg rolls back, it lets the server forget
all prepared statements. The server then says that it knows no such statement; nothing has been done
by then, and it is prepared anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from weakref import WeakKeyDictionary

from connects.journal.port import Row

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper

Value: TypeAlias = "str | bytes | None"

_TEXT, _BINARY = 0, 1
_NO_SUCH_STATEMENT = b"26000"

_by_connection: WeakKeyDictionary[Any, Direct] = WeakKeyDictionary()


def ask(connection: BaseDatabaseWrapper, statement: str, values: Sequence[Value]) -> list[Row]:
    """The rows of one statement, which is a transaction by itself, with Django's exceptions.

    `statement` has `%s` for each value. There must be no transaction under way.
    """
    connection.ensure_connection()
    own = cast("psycopg.Connection[Any]", connection.connection)
    direct = _by_connection.get(own)
    if direct is None:
        direct = _by_connection[own] = Direct(own)
    with connection.wrap_database_errors:
        return direct.ask(statement, values)


class Direct:
    """One connection, and the statements that were prepared on it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        # Not the connection itself, which would then never be let go of.
        self._libpq = connection.pgconn
        # None is what DATABASE_URL's prepare_threshold=none became: a pooler mixes sessions.
        self._prepares = connection.prepare_threshold is not None
        self._names: dict[str, bytes] = {}

    def ask(self, statement: str, values: Sequence[Value]) -> list[Row]:
        """Raises psycopg's exceptions."""
        from psycopg.adapt import Transformer  # noqa: PLC0415 only PostgreSQL needs it
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        result = self._sent(statement, values)
        if result.status == ExecStatus.FATAL_ERROR and self._forgotten(result):
            self._names.clear()
            result = self._sent(statement, values)
        if result.status != ExecStatus.TUPLES_OK:
            raise self._failure(result)
        rows = Transformer()
        rows.set_pgresult(result)
        return cast("list[Row]", rows.load_rows(0, result.ntuples, tuple))

    def _sent(self, statement: str, values: Sequence[Value]) -> Any:
        formats = [_BINARY if isinstance(value, bytes) else _TEXT for value in values]
        sent = [value.encode() if isinstance(value, str) else value for value in values]
        if not self._prepares:
            return self._libpq.exec_params(numbered(statement), sent, None, formats, _BINARY)
        name = self._names.get(statement) or self._prepared(statement)
        # Its type forgets that a value may be None.
        return self._libpq.exec_prepared(name, cast("list[bytes]", sent), formats, _BINARY)

    def _prepared(self, statement: str) -> bytes:
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        name = b"connects_%d" % len(self._names)
        result = self._libpq.prepare(name, numbered(statement))
        if result.status != ExecStatus.COMMAND_OK:
            raise self._failure(result)
        self._names[statement] = name
        return name

    def _forgotten(self, result: Any) -> bool:
        from psycopg.pq import DiagnosticField  # noqa: PLC0415

        return bool(result.error_field(DiagnosticField.SQLSTATE) == _NO_SUCH_STATEMENT)

    def _failure(self, result: Any) -> Exception:
        from psycopg import OperationalError, errors  # noqa: PLC0415
        from psycopg.pq import ConnStatus  # noqa: PLC0415

        if self._libpq.status == ConnStatus.BAD:
            told = result.error_message.decode(errors="replace")
            return OperationalError(told or "the connection is lost")
        return errors.error_from_result(result)


def numbered(statement: str) -> bytes:
    """The statement as the server takes it, with $1, $2, … for each `%s`."""
    first, *others = statement.split("%s")
    return (first + "".join(f"${place}{text}" for place, text in enumerate(others, 1))).encode()
