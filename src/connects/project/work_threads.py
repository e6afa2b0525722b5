"""Threads for work alone: what is sent is read before, and what is answered is sent after.

The hard case is a form that arrives a byte at a time. Who reads it waits as long as its sender likes, and
where that is one of the few threads that work, as many such forms stop the site. So the server's own
threads, of which there are many, read and send; work is done by a few, on what is there as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from threading import BoundedSemaphore
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


class WorkThreads:
    """A WSGI application whose work is done by `threads` of its own.

    At most `readers` of the server's threads wait for what is being sent; who comes beyond them is
    answered with 503 at once, so that the others stay free for who only asks for pages.
    """

    def __init__(self, application: Application, threads: int, readers: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="work")
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
        answer = self._pool.submit(self._work, environ).result()
        start_response(answer.status, answer.headers)
        return answer.parts

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
