"""Several statements on their way at once on one connection, by libpq itself; see `journal.direct`.

psycopg has pipelines, too, whose cursors cost a hundred microseconds each, and which cannot be left in
the middle without a warning in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, POLLOUT, poll
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from connects.journal.databases.postgresql.direct import (
    BINARY,
    Direct,
    Value,
    direct_of,
    is_forgotten,
    numbered,
    written,
)
from connects.journal.port import Row

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def pipeline(connection: BaseDatabaseWrapper) -> Iterator[Pipeline]:
    """Statements of the transaction under way that do not wait for one another, with Django's exceptions.

    At the end all of them have been answered. Where one failed, those after it were not done.
    """
    own = Pipeline(direct_of(connection))
    with connection.wrap_database_errors, own:
        yield own


class Pipeline:
    """Statements on their way. The server answers them in their order, and this reads in that order.

    The hard case is both sides waiting for each other to read: whatever is sent, answers are taken in
    meanwhile.
    """

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self._libpq = direct.libpq
        self._unanswered: deque[Answer] = deque()
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
        """Wait until all is answered, so that the connection is as it was."""
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

    def send(self, statement: str, values: Sequence[Value]) -> Answer:
        """Send a statement; what is returned gives its rows when it is called, and waits for them."""
        sent, formats = written(values)
        if self._direct.prepares:
            name = self._direct.names.get(statement) or self._prepare(statement)
            self._libpq.send_query_prepared(name, sent, formats, BINARY)
        else:
            self._libpq.send_query_params(numbered(statement), sent, None, formats, BINARY)
        answer = Answer(self)
        self._unanswered.append(answer)
        # The server would keep a short answer back until the pipeline ends.
        self._libpq.send_flush_request()
        self._flush()
        return answer

    def rows(self, answer: Answer) -> list[Row]:
        """Raises psycopg's exceptions; where an earlier statement failed, that one's."""
        from psycopg.pq import ExecStatus  # noqa: PLC0415

        while answer.result is None:
            self._receive()
        undone = answer.result.status == ExecStatus.PIPELINE_ABORTED
        return self._direct.rows(self._failed if undone else answer.result)

    def _prepare(self, statement: str) -> bytes:
        name = self._direct.names[statement] = self._direct.new_name()
        self._prepared.append(statement)
        self._libpq.send_prepare(name, numbered(statement))
        self._unanswered.append(Answer(self))
        return name

    def _forget(self) -> None:
        """What was prepared here may not have been; and the server may have forgotten all of them."""
        for statement in self._prepared:
            self._direct.names.pop(statement, None)
        if is_forgotten(self._failed):
            self._direct.names.clear()

    def _receive(self) -> None:
        """Read the answer of the first statement that has none."""
        from psycopg import OperationalError  # noqa: PLC0415 only PostgreSQL needs it

        answer = self._unanswered.popleft()
        answer.result = self._result()
        if answer.result is None:
            raise self._direct.lost() or OperationalError("the server did not answer")
        self._result()  # nothing, which ends a statement's answer

    def _read_to_the_end(self) -> None:
        """Whatever is still to come, whoever was broken off while reading (Ctrl-C)."""
        from psycopg.pq import ExecStatus  # noqa: PLC0415 only PostgreSQL needs it

        while True:
            result = self._result()
            if result is None:
                if lost := self._direct.lost():
                    raise lost
            elif result.status == ExecStatus.PIPELINE_SYNC:
                return

    def _result(self) -> Any:
        """The next result; None where a statement's answer ends."""
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


class Answer:
    """What a statement of a pipeline brings."""

    __slots__ = ("_pipeline", "result")

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.result: Any = None

    def __call__(self) -> list[Row]:
        """Its rows, waited for."""
        return self._pipeline.rows(self)
