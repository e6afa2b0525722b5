"""Group commit: concurrent callers share batches, and so the price of a commit.

Each caller hands in a command and waits for its outcome, which is final when it comes: the batch has
been committed. Who has several hands all of them in before waiting for the first. A thread of its own
takes all that wait and posts them together. A lone caller's command goes at once; where the last batch
had several, the next waits a moment until as many are back, so that batches do not fall apart into a
large one and a small one in turn.

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
from typing import Generic, Protocol, Self, TypeVar

from connects.vocabulary.refusals import RefusalCode, Refused

C = TypeVar("C")
C_contra = TypeVar("C_contra", contravariant=True)
O_co = TypeVar("O_co", covariant=True)
O = TypeVar("O")  # noqa: E741 outcomes


class ConnectionLost(Exception):
    """The database cannot be reached: smaller batches would fare no better."""


class Committer(Protocol[C_contra, O_co]):
    """Posts batches, each in a transaction of its own, all from one thread."""

    def post(self, commands: Sequence[C_contra]) -> Sequence[O_co]:
        """Post and commit. Raises ConnectionLost, or anything else where the batch is at fault."""

    def close(self) -> None:
        """Let go of the database."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`linger` and `timeout` are seconds.

    A batch takes at most `batch_size` commands; a command waits at most `linger` for others, and is
    turned away where `queue_size` wait already, or `timeout` has passed and no batch has taken it.
    """

    batch_size: int = 1_000
    queue_size: int = 1_000
    linger: float = 0.001
    timeout: float = 5.0


LIMITS = Limits()


class Pending(Generic[C, O]):
    """A command that was handed in, and the outcome that its caller waits for.

    A lock that is released once is the cheapest thing to wait for. `following` holds the next one of the
    same batch until somebody wakes that one's caller.
    """

    __slots__ = (
        "_group",
        "answered",
        "command",
        "error",
        "following",
        "outcome",
        "taken",
        "waited_for",
    )

    def __init__(self, group: GroupCommit[C, O], command: C) -> None:
        self._group = group
        self.command = command
        self.taken = False
        self.waited_for = False
        self.outcome: O | Refused | None = None
        self.error: Exception | None = None
        self.following: list[Pending[C, O]] = []
        self.answered = Lock()
        self.answered.acquire()

    def result(self) -> O | Refused:
        """Wait until the command is committed, and say what came of it.

        Refused with `busy`, and nothing posted, where too many wait or it waited too long. Raises what
        the database raised where the command could not be posted; to send it again is safe.
        """
        self.waited_for = True
        try:
            if not self.answered.acquire(timeout=self._group.timeout):
                self._group.withdraw(self)
                self.answered.acquire()
        except BaseException:
            # Its caller goes away (Ctrl-C), and must not leave those behind asleep.
            self.waited_for = False
            raise
        finally:
            self.pass_on()
        self.answered.release()  # for who asks once more
        if self.error is not None:
            raise self.error
        assert self.outcome is not None
        return self.outcome

    def refuse(self, waiting: int) -> None:
        """It was not posted, since so many wait."""
        self.outcome = Refused(RefusalCode.BUSY, {"waiting": waiting})
        _tell([self])

    def pass_on(self) -> None:
        """Wake the caller who is next, before the caller reads its own outcome.

        Were all woken at once, they would all fight for the interpreter with each other and with the
        next batch; one after another costs half as much.
        """
        _wake(self.following)


def _wake(following: list[Pending[C, O]]) -> None:
    """Wake the next caller, unless somebody has; those of whom nobody waits are passed over.

    To take the one item of a list is one step, so of several threads a single one takes it.
    """
    while True:
        try:
            pending = following.pop()
        except IndexError:
            return
        pending.answered.release()
        if pending.waited_for:
            return  # its caller goes on from here
        following = pending.following


class GroupCommit(Generic[C, O]):
    """Takes commands of many threads. To be closed, or used as a context, which closes it at its end."""

    def __init__(self, committer: Committer[C, O], limits: Limits = LIMITS) -> None:
        self._committer = committer
        self._limits = limits
        self._queue: list[Pending[C, O]] = []
        self._last_size = 1
        self._idle = False
        self._closed = False
        self._changed = Condition(Lock())
        self._thread = Thread(target=self._run, name="group-commit", daemon=True)
        self._thread.start()

    def post(self, command: C) -> O | Refused:
        """Post the command with others', and wait until it is committed; see `Pending.result`."""
        return self.submit(command).result()

    def submit(self, command: C) -> Pending[C, O]:
        """Hand in a command. A caller who has several need not wait for one before the next."""
        pending = Pending(self, command)
        with self._changed:
            if self._closed or len(self._queue) >= self._limits.queue_size:
                pending.refuse(len(self._queue))
                return pending
            self._queue.append(pending)
            if self._idle or len(self._queue) == self._last_size:
                self._idle = False
                self._changed.notify()
        return pending

    @property
    def waiting(self) -> int:
        """How many commands wait for a batch."""
        return len(self._queue)

    @property
    def closed(self) -> bool:
        """Whether no more commands are taken."""
        return self._closed

    @property
    def timeout(self) -> float:
        """For how many seconds a caller waits until a batch has taken the command."""
        return self._limits.timeout

    def withdraw(self, pending: Pending[C, O]) -> None:
        """Take it back, unless a batch has taken it: then its outcome has to be waited for."""
        with self._changed:
            if not pending.taken and pending in self._queue:
                self._queue.remove(pending)
                pending.refuse(len(self._queue))

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

    def _next(self) -> list[Pending[C, O]]:
        """Those who wait, once there are any; nobody where the last one has been served."""
        with self._changed:
            if self._last_size > 1:
                self._linger()
            while not self._queue and not self._closed:
                self._idle = True
                self._changed.wait()
            batch = self._queue[: self._limits.batch_size]
            del self._queue[: len(batch)]
            for pending in batch:
                pending.taken = True
            self._last_size = max(len(batch), 1)
            return batch

    def _linger(self) -> None:
        """Wait a moment until as many are there as were in the last batch."""
        until = monotonic() + self._limits.linger
        while len(self._queue) < self._last_size and not self._closed:
            left = until - monotonic()
            if left <= 0 or not self._changed.wait(left):
                return

    def _settle(self, batch: Sequence[Pending[C, O]]) -> None:
        """Post a batch and wake everyone in it."""
        outcomes = settle(self._committer, [pending.command for pending in batch])
        for pending, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                pending.error = outcome
            else:
                pending.outcome = outcome
        _tell(batch)


def settle(committer: Committer[C, O], commands: Sequence[C]) -> list[O | Exception]:
    """Post a batch; where it fails, its halves. What came of each command, or what was raised for it."""
    try:
        return list(committer.post(commands))
    except Exception as error:  # noqa: BLE001 whatever it is, its caller hears it, and nobody else
        if len(commands) == 1 or isinstance(error, ConnectionLost):
            return [error] * len(commands)
    middle = len(commands) // 2
    return [*settle(committer, commands[:middle]), *settle(committer, commands[middle:])]


def _tell(answered: Sequence[Pending[C, O]]) -> None:
    """Wake the first caller, who wakes the next."""
    for pending, following in pairwise(answered):
        pending.following.append(following)
    _wake(list(answered[:1]))
