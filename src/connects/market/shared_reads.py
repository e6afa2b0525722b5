"""Reads that are asked for at the same time share their statements.

Of several threads that ask, the first reads what it asks for; those who come meanwhile wait, and one of
them reads for all that wait as soon as it is done. So nobody is answered by a read that had begun before
they asked: an answer is as fresh as one of their own. Who asks alone reads at once, by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from threading import Lock
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class _Asked(Generic[Q, A]):
    """What one thread asks for. It waits for `told`, which is released once.

    `following` holds the next one of the same read until somebody wakes it.
    """

    __slots__ = ("answer", "following", "leads", "question", "told")

    def __init__(self, question: Q) -> None:
        self.question = question
        self.leads = False
        self.answer: list[A] = []
        self.following: _Asked[Q, A] | None = None
        self.told = Lock()
        self.told.acquire()


class SharedReads(Generic[Q, A]):
    """Reads by `read`, which answers questions in their order; each thread by its own connection.

    For what is asked outside of a transaction: another thread does not see what is not committed.
    """

    def __init__(self, read: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._read = read
        self._lock = Lock()
        self._waiting: list[_Asked[Q, A]] = []
        self._is_reading = False

    def answer(self, question: Q) -> A:
        """The answer to a question. Raises what `read` raises for it alone."""
        asked: _Asked[Q, A] = _Asked(question)
        if self._must_wait(asked):
            asked.told.acquire()
            if not asked.leads:
                # One after another: all at once would fight for the interpreter.
                _wake(asked.following)
                return asked.answer[0] if asked.answer else self._alone(question)
        return self._lead(asked)

    def _must_wait(self, asked: _Asked[Q, A]) -> bool:
        with self._lock:
            if self._is_reading:
                self._waiting.append(asked)
                return True
            self._is_reading = True
            return False

    def _lead(self, asked: _Asked[Q, A]) -> A:
        with self._lock:
            others, self._waiting = self._waiting, []
        batch = [asked, *others]
        try:
            answers = self._read([each.question for each in batch])
            for each, answer in zip(batch, answers, strict=True):
                each.answer.append(answer)
        except Exception:
            # One question never takes others down: each is asked once more, alone.
            if not others:
                raise
        finally:
            self._hand_over(others)
        return asked.answer[0] if asked.answer else self._alone(asked.question)

    def _hand_over(self, answered: list[_Asked[Q, A]]) -> None:
        """Let the next one read, then wake those who are answered."""
        with self._lock:
            following = self._waiting.pop(0) if self._waiting else None
            self._is_reading = following is not None
        if following is not None:
            following.leads = True
            following.told.release()
        for each, after in pairwise(answered):
            each.following = after
        _wake(answered[0] if answered else None)

    def _alone(self, question: Q) -> A:
        return self._read([question])[0]


def _wake(asked: _Asked[Q, A] | None) -> None:
    if asked is not None:
        asked.told.release()
