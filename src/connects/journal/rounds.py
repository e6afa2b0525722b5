"""Rounds: calls of one thread that share batches, as those of many threads do by group commit.

A call runs until it hands in a command, and waits there, without a thread of its own. Once all have
come so far, their commands are posted as one batch, and each call goes on with its outcome, which is
committed. So nobody is woken for it: to hand the interpreter from thread to thread costs more than the
command.

The hard case is what a call has open where it waits. The others use the same thread, and its connection,
meanwhile: so a call waits outside of any transaction. What is kept in a `ContextVar` is each call's own.

Who has made a call rests, and makes the next one: the memory for a greenlet's frames is asked of the
system and given back each time, which took a twentieth of what a charge takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from threading import local
from typing import Any, Generic, TypeVar

from greenlet import getcurrent, greenlet

from connects.journal.group_commit import Committer, settle

C = TypeVar("C")
O = TypeVar("O")  # noqa: E741 outcomes


class _Caller:
    """Makes one call after another, in a greenlet of its own."""

    def __init__(self) -> None:
        self.is_resting = True
        self._greenlet = greenlet(self._make_calls)

    def go_on(self, said: object) -> None:
        """Make a call, or go on with the outcome that it waits for, until it waits again or is done."""
        self._greenlet.parent = getcurrent()
        self._greenlet.switch(said)

    def wait(self) -> Any:
        """Let the thread go on, until there is something to go on with."""
        return self._greenlet.parent.switch()

    def _make_calls(self, make: Callable[[], None]) -> None:
        while True:
            self.is_resting = False
            make()
            del make  # or what it was about would be kept until the next one
            self.is_resting = True
            make = self.wait()


class _Resting(local):
    """The callers of a thread that rest; no other thread can let them go on."""

    def __init__(self) -> None:
        self.callers: list[_Caller] = []


_resting = _Resting()


@dataclass(slots=True)
class _Waiting(Generic[C]):
    """A call that waits for what becomes of its command."""

    caller: _Caller
    command: C


class Rounds(Generic[C, O]):
    """The rounds of one thread, posted by `committer`."""

    def __init__(self, committer: Committer[C, O]) -> None:
        self._committer = committer
        self._waiting: list[_Waiting[C]] = []
        self._calls: _Caller | None = None

    def run(self, calls: Sequence[Callable[[], None]]) -> Iterator[int]:
        """Make the calls; the number of each, as soon as it is done. None of them may raise."""
        places: dict[_Caller, int] = {}
        for place, make in enumerate(calls):
            caller = _resting.callers.pop() if _resting.callers else _Caller()
            places[caller] = place
            if self._is_done(caller, partial(copy_context().run, make)):
                yield place
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            outcomes = settle(self._committer, [each.command for each in waiting])
            for each, outcome in zip(waiting, outcomes, strict=True):
                if self._is_done(each.caller, outcome):
                    yield places[each.caller]

    def _is_done(self, caller: _Caller, said: object) -> bool:
        """Let a caller go on; whether its call is done, and it rests."""
        self._calls = caller
        caller.go_on(said)
        if caller.is_resting:
            _resting.callers.append(caller)
        return caller.is_resting

    def post(self, command: C) -> O:
        """Post the command of the call that runs, with the others'. Raises what was raised for it."""
        assert self._calls is not None, "only a call of a round waits for the others"
        self._waiting.append(_Waiting(self._calls, command))
        outcome: O | Exception = self._calls.wait()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
