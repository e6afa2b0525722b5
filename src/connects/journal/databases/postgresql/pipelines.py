"""Statements in flight: several are sent to PostgreSQL before the first is answered.

psycopg has pipelines of its own, with cursors that cost as much as the statements themselves; and they
cannot be left in the middle without a warning in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, POLLOUT, poll
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import ProgrammingError

from connects.journal.databases.postgresql.libpq import (
    BEGIN,
    BINARY,
    TEXT,
    Direct,
    Value,
    ask,
    direct_of,
    is_forgotten,
    numbered,
)
from connects.journal.port import Row

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Done: TypeAlias = Callable[[list[Row]], None]


@contextmanager
def pipeline(connection: BaseDatabaseWrapper) -> Iterator[Pipeline]:
    """Statements of the transaction under way that do not wait for one another, with Django's exceptions.

    At the end all results have come. Where one failed, those after it were not done. One within another
    is the same one; whatever else goes through libpq meanwhile (`ask`, `tell`) goes through it, too.
    Django's own cursors cannot be used until it ends.
    """
    direct = direct_of(connection)
    if direct.pipeline is not None:
        yield direct.pipeline
        return
    with connection.wrap_database_errors:
        if connection.in_atomic_block and direct.is_idle:
            direct.query(BEGIN, ())
        with Pipeline(direct) as own:
            yield own


def ask_together(
    connection: BaseDatabaseWrapper, asked: Sequence[tuple[str, Sequence[Value]]]
) -> list[list[Row]]:
    """The rows of each of these statements of the caller's transaction, with one round trip for all."""
    direct = direct_of(connection)
    if direct.pipeline is not None or not connection.in_atomic_block or len(asked) == 1:
        return [ask(connection, *each) for each in asked]
    if not direct.is_idle:
        return _together(connection, asked)
    begun = [(BEGIN, ()), *asked]
    try:
        return _together(connection, begun)[1:]
    except ProgrammingError:
        if direct.names or not direct.is_idle:
            raise
        # The server had forgotten all that was prepared, and nothing has been done.
        return _together(connection, begun)[1:]


def _together(
    connection: BaseDatabaseWrapper, asked: Sequence[tuple[str, Sequence[Value]]]
) -> list[list[Row]]:
    with connection.wrap_database_errors:
        with Pipeline(direct_of(connection)) as own:
            sent = [own.put(*each) for each in asked]
        return [each() for each in sent]


def tell(
    connection: BaseDatabaseWrapper,
    statement: str,
    values: Sequence[Value],
    done: Done | None = None,
) -> None:
    """Send a statement whose rows are waited for by nobody; `done` takes them once they are there.

    In a pipeline that is at its end; elsewhere at once.
    """
    direct = direct_of(connection)
    if direct.pipeline is not None:
        direct.pipeline.put(statement, values, done)
        return
    rows = ask(connection, statement, values)
    if done is not None:
        done(rows)


class Pipeline:
    """Statements in flight. Their results come in their order, and are read in that order.

    The hard case is both sides waiting for each other to read: whatever is sent, results are read
    meanwhile.
    """

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self._libpq = direct.libpq
        self._in_flight: deque[PendingRows] = deque()
        self._told: list[tuple[PendingRows, Done]] = []
        self._failed: Any = None
        self._prepared: list[str] = []

    def __enter__(self) -> Self:
        self._libpq.enter_pipeline_mode()
        self._direct.pipeline = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for all results, so that the connection is as it was."""
        self._direct.pipeline = None
        if self._direct.lost() is not None:
            return
        self._libpq.pipeline_sync()
        self.flush()
        while error is None and self._in_flight:
            self._receive()
        self._read_to_the_end()
        self._libpq.exit_pipeline_mode()
        if self._failed is not None:
            self._forget()
            if error is None:
                raise self._direct.failure(self._failed)
        # Each knows this pipeline: left here, they would keep all rows until the collector comes.
        told, self._told = self._told, []
        if error is None:
            for pending, done in told:
                done(pending())

    def send(self, statement: str, values: Sequence[Value]) -> PendingRows:
        """Send a statement; what is returned gives its rows when it is called, and waits for them."""
        pending = self.put(statement, values)
        # The server would keep a short result back until the pipeline ends.
        self._libpq.send_flush_request()
        self.flush()
        return pending

    def put(self, statement: str, values: Sequence[Value], done: Done | None = None) -> PendingRows:
        """The same for what is sent with whatever follows; `done` takes its rows at the end."""
        formats = [TEXT if type(value) is str else BINARY for value in values]
        # As in `encoded`, but here rather than elsewhere for each statement.
        sent: Any = [value.encode() if type(value) is str else value for value in values]
        if self._direct.prepares:
            name = self._direct.names.get(statement) or self._prepare(statement)
            self._libpq.send_query_prepared(name, sent, formats, BINARY)
        else:
            self._libpq.send_query_params(numbered(statement), sent, None, formats, BINARY)
        pending = PendingRows(self)
        self._in_flight.append(pending)
        if done is not None:
            self._told.append((pending, done))
        return pending

    def rows(self, pending: PendingRows) -> list[Row]:
        """Raises psycopg's exceptions; where an earlier statement failed, that one's."""
        while pending.result is None:
            self._receive()
        undone = pending.result.status == self._direct.undone
        return self._direct.rows(self._failed if undone else pending.result)

    def _prepare(self, statement: str) -> bytes:
        name = self._direct.names[statement] = self._direct.new_name()
        self._prepared.append(statement)
        self._libpq.send_prepare(name, numbered(statement))
        self._in_flight.append(PendingRows(self))
        return name

    def _forget(self) -> None:
        """What was prepared here may not have been; and the server may have forgotten all of them."""
        for statement in self._prepared:
            self._direct.names.pop(statement, None)
        if is_forgotten(self._failed):
            self._direct.names.clear()

    def _receive(self) -> None:
        """Read the result of the first statement in flight."""
        pending = self._in_flight.popleft()
        pending.result = self._result()
        if pending.result is None:
            from psycopg import OperationalError  # noqa: PLC0415 only PostgreSQL needs it

            raise self._direct.lost() or OperationalError("the server did not answer")
        self._result()  # nothing, which ends a statement's result

    def _read_to_the_end(self) -> None:
        """Read what is still to come, also after an interrupted read (Ctrl-C)."""
        while True:
            result = self._result()
            if result is None:
                if lost := self._direct.lost():
                    raise lost
            elif result.status == self._direct.synced:
                return

    def _result(self) -> Any:
        """The next result; None where a statement's results end."""
        while self._libpq.is_busy():
            self._wait(POLLIN)
        result = self._libpq.get_result()
        if result is not None and result.status == self._direct.failed:
            self._failed = self._failed or result
        return result

    def flush(self) -> None:
        """Let the server begin with what was put."""
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

    @property
    def changed(self) -> int:
        """How many rows the statement has changed, once the pipeline has ended."""
        return int(self.result.command_tuples)
