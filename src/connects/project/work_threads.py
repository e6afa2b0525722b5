"""Threads for work alone: what is sent is read before, and what is answered is sent after.

The hard case is a form that arrives a byte at a time. Who reads it waits as long as its sender likes, and
where that is one of the few threads that work, as many such forms stop the site. So the server's own
threads, of which there are many, read and send; work is done by a few, on what is there as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from queue import SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

from connects.project.uploads import BYTES_MOST, bytes_most
from connects.vocabulary.typed_input import whole_number

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

THREADS = 32
READERS_MOST = 448
"""Of the server's 512 threads (`cli/commands/web.py`), so that some are always free for pages."""

BUSY = b"Too much is being sent to us just now. Try again in a few seconds.\n"
BUSY_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BUSY))),
    ("Cache-Control", "no-store"),
    ("Retry-After", "10"),
]


@dataclass(slots=True)
class _Answer:
    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status, self.headers = status, headers


class _Work:
    """A request that waits for a thread, by what is the cheapest to wait for: a lock, released once."""

    __slots__ = ("answer", "environ", "error", "is_done")

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ = environ
        self.answer = _Answer()
        self.error: BaseException | None = None
        self.is_done = Lock()
        self.is_done.acquire()


class WorkThreads:
    """A WSGI application whose work is done by `threads` of its own.

    At most `readers` of the server's threads wait for what is being sent; who comes beyond them is
    answered with 503 at once, so that the others stay free for who only asks for pages.
    """

    def __init__(self, application: Application, threads: int, readers: int) -> None:
        self._application = application
        self._threads = threads
        self._queue: SimpleQueue[_Work] = SimpleQueue()
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
        self._queue.put(work)
        work.is_done.acquire()
        if work.error is not None:
            raise work.error
        return work.answer

    def _start(self) -> None:
        with self._starting:
            for number in range(0 if self._has_started else self._threads):
                Thread(target=self._run, name=f"work_{number}", daemon=True).start()
            self._has_started = True

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            try:
                work.answer = self._work(work.environ)
            except BaseException as error:  # noqa: BLE001 whoever asked hears it
                work.error = error
            finally:
                work.is_done.release()
            del work  # or it would be kept until the next one comes

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


def _size(environ: Mapping[str, Any]) -> int:
    """How much is to be read before; 0 where nothing is sent, or so much that it will be refused."""
    size = whole_number(environ.get("CONTENT_LENGTH") or "0") or 0
    is_taken = size <= BYTES_MOST or size <= bytes_most(environ.get("PATH_INFO", ""))
    return size if is_taken else 0
