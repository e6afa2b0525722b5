"""PostgreSQL by libpq itself, for the few statements that optimistic posting is made of.

A cursor costs its process some 90 µs for each statement: it is looked up, its values are adapted, and
the wait for the server goes round in Python. Here a statement is prepared once on a connection; from
then on it is one call into C, in which other threads have the interpreter, and its rows are made in C.
A pipeline has several in flight at once; psycopg's own has cursors that cost as much, and cannot be left
in the middle without a warning in the log.

The hard case is a connection that others use, too: where psycopg rolls back, it lets the server forget
all prepared statements. The server then says that it knows no such statement; nothing has been done
by then, and it is prepared anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from select import POLLIN, POLLOUT, poll
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias, cast
from weakref import WeakKeyDictionary

from connects.journal.port import Row

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper

Value: TypeAlias = "str | bytes | None"

TEXT, BINARY = 0, 1
_NO_SUCH_STATEMENT = b"26000"

_by_connection: WeakKeyDictionary[Any, Direct] = WeakKeyDictionary()


def query(connection: BaseDatabaseWrapper, statement: str, values: Sequence[Value]) -> list[Row]:
    """The rows of one statement, which is a transaction by itself, with Django's exceptions.

    `statement` has `%s` for each value. There must be no transaction under way.
    """
    direct = direct_of(connection)
    with connection.wrap_database_errors:
        return direct.query(statement, values)


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
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        # Not the connection itself, which would then never be let go of.
        self.libpq = connection.pgconn
        # None is what DATABASE_URL's prepare_threshold=none became: a pooler mixes sessions.
        self.prepares = connection.prepare_threshold is not None
        self.names: dict[str, bytes] = {}
        self._numbers = count()
        # Kept, since it remembers how each type is read.
        self._transformer = Transformer()
        self._has_rows = ExecStatus.TUPLES_OK

    def query(self, statement: str, values: Sequence[Value]) -> list[Row]:
        """Raises psycopg's exceptions."""
        result = self._sent(statement, values)
        if result.status != self._has_rows and _is_forgotten(result):
            self.names.clear()
            result = self._sent(statement, values)
        return self.rows(result)

    def _sent(self, statement: str, values: Sequence[Value]) -> Any:
        sent, formats = _encoded(values)
        if not self.prepares:
            return self.libpq.exec_params(_numbered(statement), sent, None, formats, BINARY)
        name = self.names.get(statement) or self._prepared(statement)
        return self.libpq.exec_prepared(name, sent, formats, BINARY)

    def _prepared(self, statement: str) -> bytes:
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        name = self.new_name()
        result = self.libpq.prepare(name, _numbered(statement))
        if result.status != ExecStatus.COMMAND_OK:
            raise self.failure(result)
        self.names[statement] = name
        return name

    def new_name(self) -> bytes:
        """For a statement that is to be prepared. No name is used twice on a connection."""
        return b"connects_%d" % next(self._numbers)

    def rows(self, result: Any) -> list[Row]:
        """The rows of a result. Raises what the server said where it is none."""
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
        from psycopg import OperationalError  # noqa: PLC0415
        from psycopg.pq import ConnStatus  # noqa: PLC0415

        if self.libpq.status != ConnStatus.BAD:
            return None
        told = self.libpq.error_message.decode(errors="replace")
        return OperationalError(told or "the connection is lost")


@contextmanager
def pipeline(connection: BaseDatabaseWrapper) -> Iterator[Pipeline]:
    """Statements of the transaction under way that do not wait for one another, with Django's exceptions.

    At the end all results have come. Where one failed, those after it were not done.
    """
    own = Pipeline(direct_of(connection))
    with connection.wrap_database_errors, own:
        yield own


class Pipeline:
    """Statements in flight. Their results come in their order, and are read in that order.

    The hard case is both sides waiting for each other to read: whatever is sent, results are read
    meanwhile.
    """

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self._libpq = direct.libpq
        self._in_flight: deque[PendingRows] = deque()
        self._failed: Any = None
        self._prepared: list[str] = []

    def __enter__(self) -> Self:
        self._libpq.enter_pipeline_mode()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for all results, so that the connection is as it was."""
        if self._direct.lost() is not None:
            return
        self._libpq.pipeline_sync()
        self._flush()
        self._read_to_the_end()
        self._libpq.exit_pipeline_mode()
        if self._failed is not None:
            self._forget()
            if error is None:
                raise self._direct.failure(self._failed)

    def send(self, statement: str, values: Sequence[Value]) -> PendingRows:
        """Send a statement; what is returned gives its rows when it is called, and waits for them."""
        sent, formats = _encoded(values)
        if self._direct.prepares:
            name = self._direct.names.get(statement) or self._prepare(statement)
            self._libpq.send_query_prepared(name, sent, formats, BINARY)
        else:
            self._libpq.send_query_params(_numbered(statement), sent, None, formats, BINARY)
        pending = PendingRows(self)
        self._in_flight.append(pending)
        # The server would keep a short result back until the pipeline ends.
        self._libpq.send_flush_request()
        self._flush()
        return pending

    def rows(self, pending: PendingRows) -> list[Row]:
        """Raises psycopg's exceptions; where an earlier statement failed, that one's."""
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        while pending.result is None:
            self._receive()
        undone = pending.result.status == ExecStatus.PIPELINE_ABORTED
        return self._direct.rows(self._failed if undone else pending.result)

    def _prepare(self, statement: str) -> bytes:
        name = self._direct.names[statement] = self._direct.new_name()
        self._prepared.append(statement)
        self._libpq.send_prepare(name, _numbered(statement))
        self._in_flight.append(PendingRows(self))
        return name

    def _forget(self) -> None:
        """What was prepared here may not have been; and the server may have forgotten all of them."""
        for statement in self._prepared:
            self._direct.names.pop(statement, None)
        if _is_forgotten(self._failed):
            self._direct.names.clear()

    def _receive(self) -> None:
        """Read the result of the first statement in flight."""
        from psycopg import OperationalError  # noqa: PLC0415 only PostgreSQL needs it

        pending = self._in_flight.popleft()
        pending.result = self._result()
        if pending.result is None:
            raise self._direct.lost() or OperationalError("the server did not answer")
        self._result()  # nothing, which ends a statement's result

    def _read_to_the_end(self) -> None:
        """Read what is still to come, also after an interrupted read (Ctrl-C)."""
        from psycopg.pq import ExecStatus  # noqa: PLC0415 only PostgreSQL needs it

        while True:
            result = self._result()
            if result is None:
                if lost := self._direct.lost():
                    raise lost
            elif result.status == ExecStatus.PIPELINE_SYNC:
                return

    def _result(self) -> Any:
        """The next result; None where a statement's results end."""
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        while self._libpq.is_busy():
            self._wait(POLLIN)
        result = self._libpq.get_result()
        if result is not None and result.status == ExecStatus.FATAL_ERROR:
            self._failed = self._failed or result
        return result

    def _flush(self) -> None:
        while self._libpq.flush():
            self._wait(POLLIN | POLLOUT)

    def _wait(self, events: int) -> None:
        """Until the server reads or writes; other threads have the interpreter meanwhile."""
        waiting = poll()
        waiting.register(self._libpq.socket, events)
        for _, happened in waiting.poll():
            if happened & ~POLLOUT:
                self._libpq.consume_input()


class PendingRows:
    """What a statement of a pipeline brings."""

    __slots__ = ("_pipeline", "result")

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.result: Any = None

    def __call__(self) -> list[Row]:
        """Its rows, waited for."""
        return self._pipeline.rows(self)


def _is_forgotten(result: Any) -> bool:
    """Whether the server says that it has no such prepared statement."""
    from psycopg.pq import DiagnosticField, ExecStatus  # noqa: PLC0415

    if result.status != ExecStatus.FATAL_ERROR:
        return False
    return bool(result.error_field(DiagnosticField.SQLSTATE) == _NO_SUCH_STATEMENT)


def _encoded(values: Sequence[Value]) -> tuple[list[bytes], list[int]]:
    """The values as they are sent, and the format of each."""
    formats = [TEXT if type(value) is str else BINARY for value in values]
    sent = [value.encode() if type(value) is str else value for value in values]
    # Its type forgets that a value may be None.
    return cast("list[bytes]", sent), formats


def _numbered(statement: str) -> bytes:
    """The statement as the server takes it: with $1, $2, … for each `%s`, and `%` for each `%%`."""
    first, *others = statement.split("%s")
    text = first + "".join(f"${place}{text}" for place, text in enumerate(others, 1))
    return text.replace("%%", "%").encode()
