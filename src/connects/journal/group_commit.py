"""Group commit: concurrent callers share batches, and so the price of a commit.

Each caller hands in one command and waits for its outcome, which is final when it comes: the batch has
been committed. A thread of its own takes all that wait and posts them together. Where nobody else is
about, a command goes at once; where the last batch had company, the next waits a moment for the same
company to come back, so that batches do not fall apart into a large one and a small one in turn.

One command never takes others down. Where a batch fails as a whole, its halves are posted apart, and so
on down to the one that fails by itself, whose caller alone hears of it. That is safe even where nobody
knows whether the batch was committed: each command has its idempotency key, and what had been posted
answers as it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Condition, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Protocol, Self

from connects.journal.batch import Outcome
from connects.ledger.commands import Command
from connects.vocabulary.refusals import RefusalCode, Refused


class ConnectionLost(Exception):
    """The database cannot be reached: smaller batches would fare no better."""


class Committer(Protocol):
    """Posts batches, each in a transaction of its own, all from one thread."""

    def post(self, commands: Sequence[Command]) -> Sequence[Outcome]:
        """Post and commit. Raises ConnectionLost, or anything else where the batch is at fault."""

    def close(self) -> None:
        """Let go of the database."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`gather` and `patience` are seconds.

    A batch takes at most `together` commands; a command waits at most `gather` for company, and is
    turned away where `waiting` others wait already, or `patience` has passed and no batch has taken it.
    """

    together: int = 1_000
    waiting: int = 1_000
    gather: float = 0.001
    patience: float = 5.0


LIMITS = Limits()


class _Waiting:
    """A command, and what its caller waits for: a lock that is released once is the cheapest thing."""

    __slots__ = ("abandoned", "answered", "command", "error", "following", "outcome", "taken")

    def __init__(self, command: Command) -> None:
        self.command = command
        self.taken = False
        self.abandoned = False
        self.outcome: Outcome | None = None
        self.error: Exception | None = None
        self.following: _Waiting | None = None
        self.answered = Lock()
        self.answered.acquire()

    def result(self) -> Outcome:
        """The outcome, once there is one. The caller who is next is woken first.

        Were all woken at once, they would all fight for the interpreter with each other and with the
        next batch; one after another costs half as much.
        """
        _wake(self.following)
        if self.error is not None:
            raise self.error
        assert self.outcome is not None
        return self.outcome

    def abandon(self) -> None:
        """Its caller goes away (Ctrl-C), and must not leave those behind asleep."""
        self.abandoned = True
        if self.answered.acquire(blocking=False):
            _wake(self.following)


def _wake(waiting: _Waiting | None) -> None:
    """Wake a caller; one who went away meanwhile is passed over, by whoever notices first."""
    while waiting is not None:
        waiting.answered.release()
        if not (waiting.abandoned and waiting.answered.acquire(blocking=False)):
            return
        waiting = waiting.following


class GroupCommit:
    """Takes commands of many threads. To be closed, or used as a context, which closes it at its end."""

    def __init__(self, committer: Committer, limits: Limits = LIMITS) -> None:
        self._committer = committer
        self._limits = limits
        self._queue: list[_Waiting] = []
        self._company = 1
        self._idle = False
        self._closed = False
        self._changed = Condition(Lock())
        self._thread = Thread(target=self._run, name="group-commit", daemon=True)
        self._thread.start()

    def post(self, command: Command) -> Outcome:
        """Post the command together with others', and wait until it is committed.

        Refused with `busy`, and nothing posted, where too many wait or it waited too long. Raises what
        the database raised where the command could not be posted; to send it again is safe.
        """
        waiting = _Waiting(command)
        with self._changed:
            if self._closed or len(self._queue) >= self._limits.waiting:
                return Refused(RefusalCode.BUSY, {"waiting": len(self._queue)})
            self._queue.append(waiting)
            if self._idle or len(self._queue) == self._company:
                self._idle = False
                self._changed.notify()
        try:
            if not waiting.answered.acquire(timeout=self._limits.patience):
                if self._withdrawn(waiting):
                    return Refused(RefusalCode.BUSY, {"waiting": len(self._queue)})
                waiting.answered.acquire()
        except BaseException:
            waiting.abandon()
            raise
        return waiting.result()

    @property
    def waiting(self) -> int:
        """How many commands wait for a batch."""
        return len(self._queue)

    @property
    def closed(self) -> bool:
        """Whether no more commands are taken."""
        return self._closed

    def _withdrawn(self, waiting: _Waiting) -> bool:
        """Take it back, unless a batch has taken it: then its outcome has to be waited for."""
        with self._changed:
            if waiting.taken:
                return False
            self._queue.remove(waiting)
            return True

    def close(self) -> None:
        """Take no more; return when all that waited have their outcomes."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        try:
            while batch := self._next():
                self._settle(batch)
        finally:
            self._committer.close()

    def _next(self) -> list[_Waiting]:
        """Those who wait, once there are any; nobody where the last one has been served."""
        with self._changed:
            if self._company > 1:
                self._gather()
            while not self._queue and not self._closed:
                self._idle = True
                self._changed.wait()
            batch = self._queue[: self._limits.together]
            del self._queue[: len(batch)]
            for waiting in batch:
                waiting.taken = True
            self._company = max(len(batch), 1)
            return batch

    def _gather(self) -> None:
        """Wait a moment until as many are there as were in the last batch."""
        until = monotonic() + self._limits.gather
        while len(self._queue) < self._company and not self._closed:
            left = until - monotonic()
            if left <= 0 or not self._changed.wait(left):
                return

    def _settle(self, batch: Sequence[_Waiting]) -> None:
        """Post a batch and wake everyone in it; where it fails, its halves."""
        try:
            outcomes = self._committer.post([waiting.command for waiting in batch])
        except Exception as error:  # noqa: BLE001 whatever it is, its caller hears it, and nobody else
            if len(batch) > 1 and not isinstance(error, ConnectionLost):
                middle = len(batch) // 2
                self._settle(batch[:middle])
                self._settle(batch[middle:])
                return
            for waiting in batch:
                waiting.error = error
        else:
            for waiting, outcome in zip(batch, outcomes, strict=True):
                waiting.outcome = outcome
        for waiting, following in pairwise(batch):
            waiting.following = following
        _wake(batch[0])
