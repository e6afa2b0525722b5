"""Histories of concurrent callers, and whether there is one order of events that explains them all.

A wallet is linearizable if all that its callers saw could have happened one after another, each call at
one instant between its beginning and its answer. Nobody has to search for that order here: the journal
claims to be it, line by line. So three things are checked for every wallet:

1. The model, given the posted commands in the order of their lines, gives every answer that was heard.
2. The order keeps to the clock: no line stands before one whose call was answered before it began.
3. A refusal was right at some line between the last one that was answered before the call, and the
   first one that was called after the answer.
"""

import pickle
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from connects.journal.port import Record
from connects.ledger.commands import Command
from connects.ledger.entries import EntryKind
from tests.ledger.model import Answer, ModelWallet

FOREVER = 2**63


class Event(NamedTuple):
    """What a caller wrote down: a call, an answer, an error; `at` in nanoseconds of one clock."""

    what: str
    said: Any
    at: int = 0


@dataclass
class Call:
    """A batch, from when it was first sent to when it was answered at last (None: never)."""

    commands: tuple[Command, ...]
    begun: int
    answers: tuple[Answer, ...] | None = None
    ended: int = FOREVER


@dataclass
class History:
    """One caller's history, one call after another."""

    calls: list[Call] = field(default_factory=list)
    again: list[Call] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


@dataclass
class Operation:
    """One command of a call, as its wallet sees it."""

    command: Command
    begun: int
    ended: int
    answer: Answer | None


def append(file: Path, event: Event) -> None:
    # One write, so that a caller that is killed leaves a whole event or none.
    with file.open("ab", buffering=0) as out:
        out.write(pickle.dumps(event))


def read(file: Path) -> History:
    """The history in that file; an empty one where there is no file yet."""
    history = History()
    if not file.exists():
        return history
    for what, said, at in _events(file):
        calls = history.again if what.endswith(" again") else history.calls
        if what.startswith("call"):
            calls.append(Call(said, at))
        elif what.startswith("answer"):
            calls[-1].answers, calls[-1].ended = said, at
        else:
            history.errors[said] += 1
    return history


def _events(file: Path) -> Iterator[Event]:
    with file.open("rb") as lines:
        while True:
            try:
                event: Event = pickle.load(lines)
            except EOFError:
                return
            yield event


def operations(histories: Iterable[History]) -> dict[int, list[Operation]]:
    """All commands of all callers, by wallet."""
    found: dict[int, list[Operation]] = defaultdict(list)
    for call in (call for history in histories for call in history.calls):
        for place, command in enumerate(call.commands):
            answer = call.answers[place] if call.answers is not None else None
            found[command.wallet].append(Operation(command, call.begun, call.ended, answer))
    return found


def not_answered_as_before(histories: Iterable[History]) -> Iterator[str]:
    """Commands that were posted once and answered otherwise when they were sent again."""
    for history in histories:
        lines = {
            (command.wallet, command.key): answer.line
            for call in history.calls
            for command, answer in zip(call.commands, call.answers or (), strict=False)
        }
        for call in history.again:
            for command, answer in zip(call.commands, call.answers or (), strict=False):
                if answer != Answer(lines[command.wallet, command.key], repeated=True):
                    yield f"wallet {command.wallet}, {command.key}: sent again, {answer}"


def unexplained(records: Iterable[Record], called: Iterable[Operation]) -> Iterator[str]:
    """What one wallet's callers saw and no order of events explains; see the top of this file."""
    by_key = {operation.command.key: operation for operation in called}
    lines, lots = {}, {}
    for record in records:
        if record.entry.key in by_key:
            lines[record.entry.number] = by_key[record.entry.key]
        elif record.entry.kind is EntryKind.EXPIRE:
            lots[record.entry.number] = record.entry.draws[0].lot
        else:
            yield f"line {record.entry.number}: nobody asked for {record.entry.key}"
    yield from _lost(by_key, lines)
    yield from _out_of_order(lines)
    refused = [op for op in by_key.values() if op.answer is not None and op.answer.refused]
    yield from _replayed(lines, refused, lots)


def _lost(by_key: Mapping[str, Operation], lines: Mapping[int, Operation]) -> Iterator[str]:
    for key, operation in by_key.items():
        line = operation.answer.line if operation.answer is not None else None
        if line is not None and lines.get(line) is not operation:
            yield f"{key}: was answered with line {line}, which is not there"


def _out_of_order(lines: Mapping[int, Operation]) -> Iterator[str]:
    answered = FOREVER
    for number in sorted(lines, reverse=True):
        if answered < lines[number].begun:
            yield f"line {number}: a later line was answered before its call began"
        answered = min(answered, lines[number].ended)


class _Window(NamedTuple):
    """The lines after which a refused command may have been decided."""

    first: int
    last: int
    refused: Operation
    code: str


def _replayed(
    lines: Mapping[int, Operation], refused: list[Operation], expired: Mapping[int, int]
) -> Iterator[str]:
    """Post the commands to the model in the journal's order, and ask at each line who was refused.

    `expired` are the lots whose expiry is a line: a command that moved nothing itself may have seen it.
    """
    coming = sorted(_windows(lines, refused), key=lambda window: window.first, reverse=True)
    open_windows: list[_Window] = []
    model = ModelWallet()
    for number in sorted({0} | lines.keys() | expired.keys()):
        if number in expired:
            model.expire(expired[number])
        elif number:
            found = model.post(lines[number].command)
            if found.line != number:
                yield f"line {number}: the model answers {found}"
        while coming and coming[-1].first <= number:
            open_windows.append(coming.pop())
        still_open = []
        for window in open_windows:
            if number > window.last:
                yield _unfounded(window)
            elif model.would_refuse(window.refused.command) != window.code:
                still_open.append(window)
        open_windows = still_open
    yield from map(_unfounded, open_windows)


def _unfounded(window: _Window) -> str:
    return (
        f"{window.refused.command.key}: refused, and no line from its call to its answer says why"
    )


def _windows(lines: Mapping[int, Operation], refused: list[Operation]) -> Iterator[_Window]:
    """From the last line that was answered before the call, to before the first one called later."""
    ends = sorted((operation.ended, number) for number, operation in lines.items())
    latest = list(accumulate((number for _, number in ends), max))
    begins = sorted((operation.begun, -number) for number, operation in lines.items())
    earliest = list(accumulate((-number for _, number in reversed(begins)), min))
    for operation in refused:
        assert operation.answer is not None
        before = bisect_left(ends, (operation.begun, 0))
        after = len(begins) - bisect_right(begins, (operation.ended, 0))
        first = latest[before - 1] if before else 0
        last = earliest[after - 1] - 1 if after else FOREVER
        yield _Window(first, last, operation, operation.answer.refused)
