"""What was read ahead for a call answers that call alone, once, in its own thread."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from connects.market.shared_reads import SharedReads


class Counting:
    """A read that says by which of its calls a question was answered."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, questions: Sequence[int]) -> list[tuple[int, int]]:
        self.asked.append(list(questions))
        return [(each, len(self.asked)) for each in questions]


def test_what_was_read_ahead_answers_its_own_question_once() -> None:
    read = Counting()
    shared = SharedReads(read)
    one, two = shared.read([1, 2])

    with shared.ahead(1, one):
        assert shared.answer(2) == (2, 2), "another question than the one that was read for it"
        assert shared.answer(1) == (1, 1)
        assert shared.answer(1) == (1, 3), "it may have changed since it was asked for"
    with shared.ahead(2, two):
        pass
    assert shared.answer(2) == (2, 4), "the call that it was read for is over"
    assert read.asked == [[1, 2], [2], [1], [2]]


def test_what_was_read_ahead_is_not_for_other_threads_nor_for_who_comes_after_an_error() -> None:
    shared = SharedReads(Counting())
    (one,) = shared.read([1])

    with (
        suppress(ZeroDivisionError),
        shared.ahead(1, one),
        ThreadPoolExecutor(1) as another,
    ):
        assert another.submit(shared.answer, 1).result() == (1, 2)
        raise ZeroDivisionError

    assert shared.answer(1) == (1, 3)
