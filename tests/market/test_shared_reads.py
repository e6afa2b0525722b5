"""Reads that are asked for at the same time share one, and none is answered by one that began before."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from connects.market.shared_reads import SharedReads

SECONDS = 20.0


class Counting:
    """A read that waits to be let on, and says with what it was asked and when."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.go_on = Event()
        self.has_begun = Event()

    def __call__(self, questions: Sequence[int]) -> list[tuple[int, int]]:
        self.asked.append(list(questions))
        number = len(self.asked)
        self.has_begun.set()
        assert self.go_on.wait(SECONDS)
        if -1 in questions:
            raise ValueError("there is no such question")
        return [(each, number) for each in questions]


def ask_while_one_is_read(
    read: Counting, questions: Sequence[int]
) -> list[Future[tuple[int, int]]]:
    """Ask 0, and the questions once 0 is being read; let it go on when all wait."""
    shared = SharedReads(read)
    pool = ThreadPoolExecutor(len(questions) + 1)
    first = pool.submit(shared.answer, 0)
    assert read.has_begun.wait(SECONDS)
    others = [pool.submit(shared.answer, each) for each in questions]
    until = monotonic() + SECONDS
    while len(shared._waiting) < len(questions) and monotonic() < until:
        sleep(0.001)
    read.go_on.set()
    pool.shutdown(wait=True)
    return [first, *others]


def test_who_asks_meanwhile_shares_the_next_read() -> None:
    read = Counting()

    told = [each.result(SECONDS) for each in ask_while_one_is_read(read, [1, 2, 3])]

    assert told == [(0, 1), (1, 2), (2, 2), (3, 2)]
    assert [sorted(each) for each in read.asked] == [[0], [1, 2, 3]]


def test_a_question_that_fails_takes_no_other_down() -> None:
    read = Counting()

    first, good, bad, other = ask_while_one_is_read(read, [1, -1, 2])

    assert [first.result()[0], good.result()[0], other.result()[0]] == [0, 1, 2]
    with pytest.raises(ValueError, match="no such question"):
        bad.result()


def test_who_asks_alone_reads_in_the_own_thread_each_time() -> None:
    read = Counting()
    read.go_on.set()
    shared = SharedReads(read)

    assert [shared.answer(7), shared.answer(7)] == [(7, 1), (7, 2)]
    with pytest.raises(ValueError, match="no such question"):
        shared.answer(-1)
    assert shared.answer(8) == (8, 4)


def test_many_threads_are_all_answered() -> None:
    shared = SharedReads[int, int](lambda questions: [2 * each for each in questions])
    wrong: list[int] = []

    def ask(begin: int) -> None:
        wrong.extend(n for n in range(begin, begin + 300) if shared.answer(n) != 2 * n)

    threads = [Thread(target=ask, args=(1_000 * number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)

    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []
