"""PostgreSQL by libpq itself, for the statements of which posts and proposals are made.

A cursor costs its process some 90 µs for each statement: it is looked up, its values are adapted, and
the wait for the server goes round in Python. Here a statement is prepared once on a connection; from
then on it is one call into C, in which other threads have the interpreter, and its rows are made in C.
`pipelines` has several in flight at once.

The hard case is a connection that others use, too: where psycopg rolls back, it lets the server forget
all prepared statements. Whoever rolls back says so (`forget_prepared`). Should the server know one of
them no more nevertheless, it says that; nothing has been done by then, and it is prepared anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from weakref import WeakKeyDictionary

from connects.journal.port import Row

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper

    from connects.journal.databases.postgresql.pipelines import Pipeline

Value: TypeAlias = "str | bytes | None"

TEXT, BINARY = 0, 1
BEGIN = "BEGIN"
_NO_SUCH_STATEMENT = b"26000"

_by_connection: WeakKeyDictionary[Any, Direct] = WeakKeyDictionary()


def query(connection: BaseDatabaseWrapper, statement: str, values: Sequence[Value]) -> list[Row]:
    """The rows of one statement, which is a transaction by itself, with Django's exceptions.

    `statement` has `%s` for each value. There must be no transaction under way.
    """
    direct = direct_of(connection)
    with connection.wrap_database_errors:
        return direct.query(statement, values)


def ask(connection: BaseDatabaseWrapper, statement: str, values: Sequence[Value] = ()) -> list[Row]:
    """The same within the caller's transaction, if there is one. None are the rows of what gives none."""
    direct = direct_of(connection)
    with connection.wrap_database_errors:
        if direct.pipeline is not None:
            return direct.pipeline.send(statement, values)()
        if connection.in_atomic_block and direct.is_idle:
            direct.query(BEGIN, ())
        return direct.query(statement, values)


def forget_prepared(connection: BaseDatabaseWrapper) -> None:
    """Prepare all statements anew: something was rolled back."""
    direct = _by_connection.get(connection.connection)
    if direct is not None:
        direct.names.clear()


def direct_of(connection: BaseDatabaseWrapper) -> Direct:
    """What there is of libpq's on Django's connection."""
    if connection.connection is None:
        connection.ensure_connection()
    own = cast("psycopg.Connection[Any]", connection.connection)
    direct = _by_connection.get(own)
    if direct is None:
        direct = _by_connection[own] = Direct(own)
    return direct


class Direct:
    """One connection, and the statements that were prepared on it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        from psycopg.adapt import Transformer  # noqa: PLC0415 only PostgreSQL needs it
        from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus  # noqa: PLC0415

        # Not the connection itself, which would then never be let go of.
        self.libpq = connection.pgconn
        # None is what DATABASE_URL's prepare_threshold=none became: a pooler mixes sessions.
        self.prepares = connection.prepare_threshold is not None
        self.names: dict[str, bytes] = {}
        # What statements go through for as long as it is open.
        self.pipeline: Pipeline | None = None
        self._numbers = count()
        # Kept, since it remembers how each type is read.
        self._transformer = Transformer()
        # What a status is compared with: to import them where each is asked for, a dozen times for
        # each batch, takes longer than to send a statement.
        self._has_rows, self._is_done = ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK
        self.failed, self.undone = ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED
        self.synced = ExecStatus.PIPELINE_SYNC
        self._idle, self._bad = TransactionStatus.IDLE, ConnStatus.BAD

    @property
    def is_idle(self) -> bool:
        """Whether no transaction is under way."""
        return bool(self.libpq.transaction_status == self._idle)

    def query(self, statement: str, values: Sequence[Value]) -> list[Row]:
        """Raises psycopg's exceptions."""
        result = self._sent(statement, values)
        if result.status not in (self._has_rows, self._is_done) and is_forgotten(result):
            self.names.clear()
            result = self._sent(statement, values)
        return self.rows(result)

    def _sent(self, statement: str, values: Sequence[Value]) -> Any:
        sent, formats = encoded(values)
        if not self.prepares:
            return self.libpq.exec_params(numbered(statement), sent, None, formats, BINARY)
        name = self.names.get(statement) or self._prepared(statement)
        return self.libpq.exec_prepared(name, sent, formats, BINARY)

    def _prepared(self, statement: str) -> bytes:
        name = self.new_name()
        result = self.libpq.prepare(name, numbered(statement))
        if result.status != self._is_done:
            raise self.failure(result)
        self.names[statement] = name
        return name

    def new_name(self) -> bytes:
        """For a statement that is to be prepared. No name is used twice on a connection."""
        return b"connects_%d" % next(self._numbers)

    def rows(self, result: Any) -> list[Row]:
        """The rows of a result. Raises what the server said where it is none."""
        if result.status == self._is_done:
            return []
        if result.status != self._has_rows:
            raise self.failure(result)
        self._transformer.set_pgresult(result)
        return cast("list[Row]", self._transformer.load_rows(0, result.ntuples, tuple))

    def failure(self, result: Any) -> Exception:
        """What the server said, as psycopg's exception."""
        from psycopg import errors  # noqa: PLC0415

        return self.lost() or errors.error_from_result(result)

    def lost(self) -> Exception | None:
        """The exception that says so where there is no connection any more."""
        if self.libpq.status != self._bad:
            return None
        from psycopg import OperationalError  # noqa: PLC0415

        told = self.libpq.error_message.decode(errors="replace")
        return OperationalError(told or "the connection is lost")


def is_forgotten(result: Any) -> bool:
    """Whether the server says that it has no such prepared statement."""
    from psycopg.pq import DiagnosticField, ExecStatus  # noqa: PLC0415

    if result.status != ExecStatus.FATAL_ERROR:
        return False
    return bool(result.error_field(DiagnosticField.SQLSTATE) == _NO_SUCH_STATEMENT)


def encoded(values: Sequence[Value]) -> tuple[list[bytes], list[int]]:
    """The values as they are sent, and the format of each."""
    formats = [TEXT if type(value) is str else BINARY for value in values]
    sent = [value.encode() if type(value) is str else value for value in values]
    # Its type forgets that a value may be None.
    return cast("list[bytes]", sent), formats


def numbered(statement: str) -> bytes:
    """The statement as the server takes it: with $1, $2, … for each `%s`, and `%` for each `%%`."""
    first, *others = statement.split("%s")
    text = first + "".join(f"${place}{text}" for place, text in enumerate(others, 1))
    return text.replace("%%", "%").encode()
