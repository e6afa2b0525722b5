"""Statements in flight: several are sent to PostgreSQL before the first is answered.

psycopg has pipelines of its own, with cursors that cost as much as the statements themselves; and they
cannot be left in the middle without a warning in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, POLLOUT, poll
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from connects.journal.databases.postgresql.libpq import (
    BINARY,
    Direct,
    Value,
    direct_of,
    encoded,
    is_forgotten,
    numbered,
)
from connects.journal.port import Row

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


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
        sent, formats = encoded(values)
        if self._direct.prepares:
            name = self._direct.names.get(statement) or self._prepare(statement)
            self._libpq.send_query_prepared(name, sent, formats, BINARY)
        else:
            self._libpq.send_query_params(numbered(statement), sent, None, formats, BINARY)
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
