"""Who sends a form slowly holds none of the threads that work."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event, Semaphore, current_thread
from time import monotonic, sleep
from typing import Any

import pytest

from connects.project import work_threads
from connects.project.uploads import BYTES_MOST
from connects.project.work_threads import WorkThreads

WAIT_SECONDS_MOST = 30
Reply = tuple[int, dict[str, str], bytes]


class SlowForm:
    """A body that does not come before it is let go."""

    def __init__(self) -> None:
        self.is_waited_for, self.comes = Event(), Event()

    def read(self, size: int) -> bytes:
        self.is_waited_for.set()
        assert self.comes.wait(WAIT_SECONDS_MOST)
        return b"x" * size


class Unread:
    def read(self, _size: int) -> bytes:
        raise AssertionError("it was read")


class Parts:
    """An answer that notes in which thread it was closed."""

    closed_in = ""

    def __iter__(self) -> Any:
        return iter((b"a", b"b"))

    def close(self) -> None:
        Parts.closed_in = current_thread().name


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    start("200 OK", [("X-Thread", current_thread().name)])
    return [environ["wsgi.input"].read(size)] if size < BYTES_MOST and size else Parts()


def ask(site: WorkThreads, body: object, size: int = 0, path: str = "/sign-in/") -> Reply:
    """The reply to a request, once there is one."""
    replies: SimpleQueue[Reply] = SimpleQueue()
    environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(size), "wsgi.input": body}
    site.take(
        environ, lambda status, headers, content: replies.put((status, dict(headers), content))
    )
    return replies.get(timeout=WAIT_SECONDS_MOST)


def test_pages_are_answered_while_more_forms_are_on_their_way_than_threads_work() -> None:
    site = WorkThreads(echo, threads=2, readers=10)
    forms = [SlowForm() for _ in range(5)]
    with ThreadPoolExecutor(5) as senders:
        sent = [senders.submit(ask, site, form, 3) for form in forms]
        for form in forms:
            assert form.is_waited_for.wait(WAIT_SECONDS_MOST)

        assert ask(site, Unread())[0] == 200

        for form in forms:
            form.comes.set()
        assert [each.result()[2] for each in sent] == [b"xxx"] * 5


def test_whose_form_would_take_the_last_free_thread_is_told_to_come_again() -> None:
    site = WorkThreads(echo, threads=1, readers=1)
    form = SlowForm()
    with ThreadPoolExecutor(1) as senders:
        first = senders.submit(ask, site, form, 3)
        assert form.is_waited_for.wait(WAIT_SECONDS_MOST)

        status, headers, _ = ask(site, Unread(), 3)
        assert (status, headers["Retry-After"]) == (503, "10")

        form.comes.set()
        assert first.result()[0] == 200
    last = SlowForm()
    last.comes.set()
    assert ask(site, last, 3)[0] == 200


def test_what_will_be_refused_is_not_read() -> None:
    assert ask(WorkThreads(echo, 1, 1), Unread(), BYTES_MOST + 1)[0] == 200


def test_an_answer_is_made_and_closed_by_a_thread_that_works() -> None:
    _, headers, content = ask(WorkThreads(echo, 1, 1), Unread())

    assert content == b"ab"
    assert headers["X-Thread"].startswith("work")
    assert Parts.closed_in == headers["X-Thread"]


def test_what_breaks_is_replied_to_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(*_: object) -> Iterable[bytes]:
        raise ZeroDivisionError("planted")

    with caplog.at_level(logging.ERROR):
        assert ask(WorkThreads(breaks, 1, 1), Unread()) == (500, {}, b"")
    assert "planted" in caplog.text


def test_a_thread_goes_on_where_nobody_takes_its_reply() -> None:
    site = WorkThreads(echo, threads=1, readers=1)

    def gone(*_: object) -> object:
        raise BrokenPipeError

    site.take({"PATH_INFO": "/", "wsgi.input": Unread()}, gone)

    assert ask(site, Unread())[0] == 200


def test_who_sends_a_request_waits_for_no_answer() -> None:
    holding = Holding()
    site = WorkThreads(holding, threads=1, readers=1)
    replies: SimpleQueue[int] = SimpleQueue()

    site.take({"PATH_INFO": "/first"}, lambda status, *_: replies.put(status))

    assert replies.empty()
    holding.go_on.set()
    assert replies.get(timeout=WAIT_SECONDS_MOST) == 200


class Wallets:
    """Calls that are answered together; what is asked with `away` finds no database."""

    most, linger = 32, 0.001

    def __init__(self) -> None:
        self.read: list[int] = []

    def takes(self, environ: Mapping[str, Any]) -> bool:
        return "wallet" in environ["PATH_INFO"]

    def answer(
        self, environs: Sequence[Mapping[str, Any]], answer_one: Callable[[int], None]
    ) -> Iterator[int]:
        self.read.append(len(environs))
        for place, environ in enumerate(environs):
            if "away" in environ["PATH_INFO"]:
                raise OSError("the database is away")
            answer_one(place)
            yield place


class Holding:
    """An application whose first calls hold its threads until they are let on."""

    def __init__(self) -> None:
        self.began, self.go_on = Semaphore(0), Event()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if "first" in path:
            self.began.release()
            assert self.go_on.wait(WAIT_SECONDS_MOST)
        if "broken" in path:
            raise ZeroDivisionError("planted")
        start("200 OK", [("X-Thread", current_thread().name)])
        return [path.encode()]


def answered_together(wallets: Wallets, *paths: str) -> list[str]:
    """What is answered to calls that came while both threads of their kind were at work.

    The names of the threads, or what broke.
    """
    holding = Holding()
    site = WorkThreads(holding, threads=1, readers=10, together=[wallets])
    (_, queue, _), *_ = site._together
    with ThreadPoolExecutor(len(paths) + 2) as callers:

        def asked(path: str) -> str:
            status, headers, content = ask(site, None, path=path)
            if status == 500:
                return "broken"
            assert content.decode() == path
            return headers["X-Thread"]

        sent = []
        for _ in range(2):
            sent.append(callers.submit(asked, "/wallet/first"))
            assert holding.began.acquire(timeout=WAIT_SECONDS_MOST)
        sent += [callers.submit(asked, path) for path in paths]
        until = monotonic() + WAIT_SECONDS_MOST
        while queue.qsize() < len(paths) and monotonic() < until:
            sleep(0.001)
        holding.go_on.set()
        return [each.result(WAIT_SECONDS_MOST) for each in sent[2:]]


def test_calls_that_wait_together_are_answered_by_one_thread_with_one_read() -> None:
    wallets = Wallets()

    told = answered_together(wallets, *(f"/wallet/{n}" for n in range(4)), "/wallet/broken")

    assert wallets.read == [1, 1, 5]
    assert len(set(told[:4])) == 1
    assert told[0].startswith("work_together")
    assert told[4] == "broken"


def test_a_connection_that_was_lost_is_left_before_the_next_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wallets = Wallets()
    monkeypatch.setattr(work_threads, "close_old_connections", lambda: wallets.read.append(0))

    answered_together(wallets, "/wallet/1", "/wallet/2")

    assert wallets.read == [0, 1, 0, 1, 0, 2]


def test_where_answering_together_fails_those_that_are_left_are_answered_alone() -> None:
    first, *others = answered_together(Wallets(), "/wallet/1", "/wallet/away", "/wallet/2")

    assert first.startswith("work_together")
    assert others == ["work_0", "work_0"]
