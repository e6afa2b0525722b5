"""Reads that calls which wait at the same time share, made by the one thread that answers them all.

The thread reads for all of them with a few statements, and then answers one after another; each finds
its own part where it would have read. So a call waits for no other thread, and is answered by a read
that began after it had come: as fresh as one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import local
from types import TracebackType
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class SharedReads(Generic[Q, A]):
    """Reads by `read`, which answers questions in their order."""

    def __init__(self, read: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self.read = read
        self._thread = local()

    def answer(self, question: Q) -> A:
        """The answer to a question: the one that was read ahead for this call, else it is read now."""
        ahead: tuple[Q, A] | None = getattr(self._thread, "ahead", None)
        if ahead is None or ahead[0] != question:
            return self.read([question])[0]
        # It counts once: who asks a second time may have changed something meanwhile.
        self._thread.ahead = None
        return ahead[1]

    def ahead(self, question: Q, answer: A) -> ReadAhead[Q, A]:
        """The block in which this thread answers the call that the answer was read for."""
        return ReadAhead(self._thread, question, answer)


class ReadAhead(Generic[Q, A]):
    """A block that has the answer to its call's question."""

    __slots__ = ("_found", "_thread")

    def __init__(self, thread: local, question: Q, answer: A) -> None:
        self._thread, self._found = thread, (question, answer)

    def __enter__(self) -> None:
        self._thread.ahead = self._found

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.ahead = None
