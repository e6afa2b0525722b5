"""Rounds: calls of one thread that share batches, as those of many threads do by group commit.

A call runs until it hands in a command, and waits there, without a thread of its own. Once all have
come so far, their commands are posted as one batch, and each call goes on with its outcome, which is
committed. So nobody is woken for it: to hand the interpreter from thread to thread costs more than the
command.

The hard case is what a call has open where it waits. The others use the same thread, and its connection,
meanwhile: so a call waits outside of any transaction. What is kept in a `ContextVar` is each call's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Generic, TypeVar

from greenlet import getcurrent, greenlet

from connects.journal.group_commit import Committer, settle

C = TypeVar("C")
O = TypeVar("O")  # noqa: E741 outcomes


@dataclass(slots=True)
class _Waiting(Generic[C]):
    """A call that waits for what becomes of its command."""

    call: greenlet
    command: C


class Rounds(Generic[C, O]):
    """The rounds of one thread, posted by `committer`."""

    def __init__(self, committer: Committer[C, O]) -> None:
        self._committer = committer
        self._waiting: list[_Waiting[C]] = []

    def run(self, calls: Sequence[Callable[[], None]]) -> Iterator[int]:
        """Make the calls; the number of each, as soon as it is done. None of them may raise."""
        places: dict[greenlet, int] = {}
        for place, make in enumerate(calls):
            call = greenlet(make)
            call.gr_context = copy_context()
            places[call] = place
            call.switch()
            if call.dead:
                yield place
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            outcomes = settle(self._committer, [each.command for each in waiting])
            for each, outcome in zip(waiting, outcomes, strict=True):
                each.call.switch(outcome)
                if each.call.dead:
                    yield places[each.call]

    def post(self, command: C) -> O:
        """Post the command of the call that runs, with the others'. Raises what was raised for it."""
        call = getcurrent()
        assert call.parent is not None, "only a call of a round waits for the others"
        self._waiting.append(_Waiting(call, command))
        outcome: O | Exception = call.parent.switch()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
