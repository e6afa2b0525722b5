"""Threads for work alone: what is sent is read before, and what is answered is sent after.

The hard case is a form that arrives a byte at a time. Who reads it waits as long as its sender likes, and
where that is one of the few threads that work, as many such forms stop the site. So the server's own
threads, of which there are many, read; work is done by a few, on what is there as a whole. Who works
replies, too (`take`), so that no thread waits for the answer and is woken for it.

Some calls come many at a time, and want the same of the database. To hand the interpreter from thread to
thread takes longer than to answer one. So one thread takes up all that wait of a kind, and answers them
together.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from time import perf_counter, sleep
from typing import Any, NamedTuple, Protocol, TypeAlias

from django.db import close_old_connections

from connects.project.uploads import BYTES_MOST, bytes_most
from connects.vocabulary.typed_input import whole_number

Application: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers: TypeAlias = list[tuple[str, str]]
Reply: TypeAlias = Callable[[int, Headers, bytes], object]

THREADS = 32
TOGETHER_THREADS = 2
"""For each kind of calls that are answered together: one works while the other waits for the database."""
TOGETHER_WAITING_MOST = 64
"""Who comes beyond these goes to the threads that serve all else."""
LINGER_SHARE = 0.25
"""For so much of what the last rounds took a thread waits for as many calls to come again."""
LINGER_LOOKS_EVERY = 0.0005
UNTOLD_SECONDS_MOST = 0.005
"""Who is answered waits for no more of the others than this takes."""
READERS_MOST = 448
"""Of the server's 512 threads (`cli/commands/web.py`), so that some are always free for pages."""
WAITING_MOST = 512
"""Requests that were read and are not answered yet. Who comes beyond these is not read before."""

BUSY = b"Too much is being sent to us just now. Try again in a few seconds.\n"
BUSY_STATUS = "503 Service Unavailable"
BUSY_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BUSY))),
    ("Cache-Control", "no-store"),
    ("Retry-After", "10"),
]

logger = logging.getLogger(__name__)


class CallsTogether(Protocol):
    """Calls of a kind, of which one thread answers all that wait."""

    @property
    def most(self) -> int:
        """How many one thread takes up at a time."""

    @property
    def linger(self) -> float:
        """For how many seconds at most a thread waits for as many to come as came the last times."""

    def takes(self, environ: Mapping[str, Any]) -> bool:
        """Whether a call is of the kind."""

    def answer(
        self, environs: Sequence[Mapping[str, Any]], answer_one: Callable[[int], None]
    ) -> Iterator[int]:
        """Answer these calls by `answer_one`, which takes a call's place, and never raises.

        The place of each, as soon as it is answered. Where this raises, those that are left are
        answered by themselves.
        """


@dataclass(slots=True)
class _Answer:
    status: str = ""
    headers: Headers = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    def start(self, status: str, headers: Headers, _error: object = None) -> None:
        self.status, self.headers = status, headers


class _Round(NamedTuple):
    """How many calls were answered together, and how long that took."""

    calls: float
    seconds: float


class _Work:
    """A request that waits for a thread."""

    __slots__ = ("answer", "environ", "error", "reply")

    def __init__(self, environ: dict[str, Any], reply: Reply) -> None:
        self.environ = environ
        self.reply = reply
        self.answer = _Answer()
        self.error: BaseException | None = None

    def tell(self) -> None:
        """Reply with the answer; with 500, and a line in the log, where something broke."""
        if self.error is None:
            answer = self.answer
            try:
                self.reply(int(answer.status[:3]), answer.headers, b"".join(answer.parts))
            except Exception as error:  # noqa: BLE001 such as a header that is no text
                self.error = error
        if self.error is not None:
            logger.error("A request was not answered", exc_info=self.error)
            with suppress(Exception):  # or the thread, which others wait for, would end
                self.reply(500, [], b"")


class WorkThreads:
    """Does the work of a WSGI application by `threads` of its own.

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
        self._together = [
            (calls, SimpleQueue[_Work](), deque[_Round](maxlen=TOGETHER_THREADS))
            for calls in together
        ]
        self._starting = Lock()
        self._has_started = False
        self._readers = BoundedSemaphore(readers)
        self._waiting = BoundedSemaphore(WAITING_MOST)

    def take(self, environ: dict[str, Any], reply: Reply) -> None:
        """Read a request, and have `reply` called with its answer, likely after this has returned."""
        if not self._has_started:
            self._start()
        work = _Work(environ, reply)
        self._waiting.acquire()
        try:
            is_read = self._read(environ)
        except BaseException:
            self._waiting.release()
            raise
        if is_read:
            self._queue_of(environ).put(work)
        else:
            work.answer = _Answer(BUSY_STATUS, BUSY_HEADERS, [BUSY])
            self._tell([work])

    def _read(self, environ: dict[str, Any]) -> bool:
        """Read what is sent, unless it will be refused; false where too many read already."""
        size = _size(environ)
        if not size:
            return True
        if not self._readers.acquire(blocking=False):
            return False
        try:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(size))
        finally:
            self._readers.release()
        return True

    def _queue_of(self, environ: Mapping[str, Any]) -> SimpleQueue[_Work]:
        for calls, queue, _ in self._together:
            if queue.qsize() < TOGETHER_WAITING_MOST and calls.takes(environ):
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
            self._answer(work)
            self._tell([work])
            del work  # or it would be kept until the next one comes

    def _run_together(
        self, calls: CallsTogether, queue: SimpleQueue[_Work], rounds: deque[_Round]
    ) -> None:
        while True:
            waiting = _all_in(queue, calls, rounds)
            begun = perf_counter()
            self._answer_together(calls, waiting)
            rounds.append(_Round(len(waiting), perf_counter() - begun))
            del waiting

    def _answer_together(self, calls: CallsTogether, waiting: Sequence[_Work]) -> None:
        # As Django does when a request begins: a connection that was lost is opened anew.
        close_old_connections()
        environs = [work.environ for work in waiting]
        left = dict(enumerate(waiting))
        answered: list[_Work] = []
        begun = perf_counter()
        try:
            for place in calls.answer(environs, lambda place: self._answer(waiting[place])):
                answered.append(left.pop(place))
                if perf_counter() - begun > UNTOLD_SECONDS_MOST:
                    self._tell(answered)
                    answered, begun = [], perf_counter()
        except Exception:  # noqa: BLE001 each hears by itself what is wrong, and waits for no other
            for work in left.values():
                self._queue.put(work)
        self._tell(answered)

    def _tell(self, answered: Iterable[_Work]) -> None:
        for work in answered:
            self._waiting.release()
            work.tell()

    def _answer(self, work: _Work) -> None:
        try:
            work.answer = self._answer_to(work.environ)
        except BaseException as error:  # noqa: BLE001 whoever asked hears of it
            work.error = error

    def _answer_to(self, environ: dict[str, Any]) -> _Answer:
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


def _all_in(
    queue: SimpleQueue[_Work], calls: CallsTogether, rounds: Sequence[_Round]
) -> list[_Work]:
    """All that wait, as soon as one does; a moment later where there were several the last times."""
    waiting = [queue.get()]
    wanted, linger = _awaited(rounds)
    until = perf_counter() + min(linger, calls.linger)
    while queue.qsize() < min(wanted, calls.most) - 1 and perf_counter() < until:
        sleep(LINGER_LOOKS_EVERY)
    try:
        while len(waiting) < calls.most:
            waiting.append(queue.get_nowait())
    except Empty:
        pass
    return waiting


def _awaited(rounds: Sequence[_Round]) -> tuple[float, float]:
    """How many calls are likely to come, and for how many seconds it is worth to wait for them."""
    last = list(rounds)
    if not last:
        return 1, 0.0
    calls, seconds = (sum(each) / len(last) for each in zip(*last, strict=True))
    return calls, seconds * LINGER_SHARE


def _size(environ: Mapping[str, Any]) -> int:
    """How much is to be read before; 0 where nothing is sent, or so much that it will be refused."""
    size = whole_number(environ.get("CONTENT_LENGTH") or "0") or 0
    is_taken = size <= BYTES_MOST or size <= bytes_most(environ.get("PATH_INFO", ""))
    return size if is_taken else 0
