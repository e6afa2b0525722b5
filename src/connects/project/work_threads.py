"""Threads for work alone: what is sent is read before, and what is answered is sent after.

The hard case is a form that arrives a byte at a time. Who reads it waits as long as its sender likes, and
where that is one of the few threads that work, as many such forms stop the site. So the server's own
threads, of which there are many, read and send; work is done by a few, on what is there as a whole.

Some calls only read, and many of them come at the same time. To hand the interpreter from thread to
thread takes longer than to answer one. So one thread takes up all that wait of a kind, reads what they
ask for together, and answers one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from time import perf_counter
from typing import Any, Protocol

from django.db import close_old_connections

from connects.project.uploads import BYTES_MOST, bytes_most
from connects.vocabulary.typed_input import whole_number

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

THREADS = 32
TOGETHER_THREADS = 2
"""For each kind of calls that are answered together: one works while the other waits for a read."""
TOGETHER_MOST = 32
UNTOLD_SECONDS_MOST = 0.005
"""Who is answered waits for no more of the others than this takes."""
READERS_MOST = 448
"""Of the server's 512 threads (`cli/commands/web.py`), so that some are always free for pages."""

BUSY = b"Too much is being sent to us just now. Try again in a few seconds.\n"
BUSY_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BUSY))),
    ("Cache-Control", "no-store"),
    ("Retry-After", "10"),
]


class CallsTogether(Protocol):
    """Calls of a kind, of which one thread answers all that wait."""

    def takes(self, environ: Mapping[str, Any]) -> bool:
        """Whether a call is of the kind."""

    def read_ahead(
        self, environs: Sequence[Mapping[str, Any]]
    ) -> Sequence[AbstractContextManager[None]]:
        """Read what these calls ask for; for each the block in which it is answered."""


@dataclass(slots=True)
class _Answer:
    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status, self.headers = status, headers


class _Work:
    """A request that waits for a thread, by what is the cheapest to wait for: a lock, released once.

    `following` is who is told next, by whoever waited for this one.
    """

    __slots__ = ("answer", "environ", "error", "following", "is_done")

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ = environ
        self.answer = _Answer()
        self.error: BaseException | None = None
        self.following: _Work | None = None
        self.is_done = Lock()
        self.is_done.acquire()


class WorkThreads:
    """A WSGI application whose work is done by `threads` of its own.

    At most `readers` of the server's threads wait for what is being sent; who comes beyond them is
    answered with 503 at once, so that the others stay free for who only asks for pages. `together` are
    the kinds of calls that have threads of their own, which take up all that wait.
    """

    def __init__(
        self,
        application: Application,
        threads: int,
        readers: int,
        together: Iterable[CallsTogether] = (),
    ) -> None:
        self._application = application
        self._threads = threads
        self._queue: SimpleQueue[_Work] = SimpleQueue()
        self._together = [(calls, SimpleQueue[_Work]()) for calls in together]
        self._starting = Lock()
        self._has_started = False
        self._readers = BoundedSemaphore(readers)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        size = _size(environ)
        if size and not self._readers.acquire(blocking=False):
            start_response("503 Service Unavailable", BUSY_HEADERS)
            return [BUSY]
        if size:
            try:
                environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(size))
            finally:
                self._readers.release()
        answer = self._answer(environ)
        start_response(answer.status, answer.headers)
        return answer.parts

    def _answer(self, environ: dict[str, Any]) -> _Answer:
        """What a thread that works has made of the request. Raises what it raised."""
        if not self._has_started:
            self._start()
        work = _Work(environ)
        self._queue_of(environ).put(work)
        work.is_done.acquire()
        _tell(work.following)
        if work.error is not None:
            raise work.error
        return work.answer

    def _queue_of(self, environ: Mapping[str, Any]) -> SimpleQueue[_Work]:
        for calls, queue in self._together:
            if calls.takes(environ):
                return queue
        return self._queue

    def _start(self) -> None:
        with self._starting:
            if self._has_started:
                return
            for number in range(self._threads):
                Thread(target=self._run, name=f"work_{number}", daemon=True).start()
            for kind, each in enumerate(self._together):
                for number in range(TOGETHER_THREADS):
                    name = f"work_together_{kind}_{number}"
                    Thread(target=self._run_together, args=each, name=name, daemon=True).start()
            self._has_started = True

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            self._do(work)
            del work  # or it would be kept until the next one comes

    def _run_together(self, calls: CallsTogether, queue: SimpleQueue[_Work]) -> None:
        while True:
            waiting = _all_in(queue)
            if len(waiting) == 1:
                self._do(waiting[0])
            else:
                self._do_together(calls, waiting)
            del waiting

    def _do_together(self, calls: CallsTogether, waiting: Sequence[_Work]) -> None:
        # As Django does when a request begins: a connection that was lost is opened anew.
        close_old_connections()
        try:
            blocks = calls.read_ahead([work.environ for work in waiting])
        except Exception:  # noqa: BLE001 each hears by itself what is wrong, and waits for no other
            for work in waiting:
                self._queue.put(work)
            return
        answered: list[_Work] = []
        begun = perf_counter()
        for work, block in zip(waiting, blocks, strict=True):
            with block:
                self._answer_one(work)
            answered.append(work)
            if perf_counter() - begun > UNTOLD_SECONDS_MOST:
                _tell_each(answered)
                answered, begun = [], perf_counter()
        _tell_each(answered)

    def _do(self, work: _Work) -> None:
        self._answer_one(work)
        _tell(work)

    def _answer_one(self, work: _Work) -> None:
        try:
            work.answer = self._work(work.environ)
        except BaseException as error:  # noqa: BLE001 whoever asked hears it
            work.error = error

    def _work(self, environ: dict[str, Any]) -> _Answer:
        # The server's way to send a file would take it from another thread than the one that closes it.
        environ.pop("wsgi.file_wrapper", None)
        answer = _Answer()
        parts = self._application(environ, answer.start)
        try:
            answer.parts = list(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        return answer


def _all_in(queue: SimpleQueue[_Work]) -> list[_Work]:
    """All that wait, as soon as one does."""
    waiting = [queue.get()]
    try:
        while len(waiting) < TOGETHER_MOST:
            waiting.append(queue.get_nowait())
    except Empty:
        pass
    return waiting


def _tell_each(answered: Sequence[_Work]) -> None:
    """Tell these one after another: all at once would fight for the interpreter."""
    for each, after in pairwise(answered):
        each.following = after
    _tell(answered[0] if answered else None)


def _tell(answered: _Work | None) -> None:
    if answered is not None:
        answered.is_done.release()


def _size(environ: Mapping[str, Any]) -> int:
    """How much is to be read before; 0 where nothing is sent, or so much that it will be refused."""
    size = whole_number(environ.get("CONTENT_LENGTH") or "0") or 0
    is_taken = size <= BYTES_MOST or size <= bytes_most(environ.get("PATH_INFO", ""))
    return size if is_taken else 0
