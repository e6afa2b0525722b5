"""A committer that does as a test says."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from queue import Queue
from threading import Event

from connects.journal.group_commit import GroupCommit
from connects.journal.port import Outcome, Posted
from connects.ledger.commands import Command, Spend
from connects.ledger.wallet import Wallet

NOW = datetime(2019, 5, 20, tzinfo=UTC)
LONG = 60.0
"""Seconds that no test waits for."""
SOON = 0.001


def spend(key: str) -> Spend:
    return Spend(
        wallet=1, key=key, reference="r", rule_book="test@1", effective=NOW, credits=len(key)
    )


def posted(command: Command) -> Outcome:
    return Posted(None, Wallet(1, last_entry=len(command.key)))


class Gate:
    """A committer that tells of each batch, and lets it through when the test opens the gate."""

    def __init__(self, fail: Callable[[Sequence[str]], None] = lambda _: None) -> None:
        self.batches: Queue[list[str]] = Queue()
        self.gate = Event()
        self.fail = fail
        self.closed = False

    def post(self, commands: Sequence[Command]) -> list[Outcome]:
        keys = [command.key for command in commands]
        self.batches.put(keys)
        assert self.gate.wait(LONG)
        self.fail(keys)
        return [posted(command) for command in commands]

    def close(self) -> None:
        self.closed = True

    def told(self) -> list[list[str]]:
        return [self.batches.get_nowait() for _ in range(self.batches.qsize())]


def wait_until_waiting(group: GroupCommit[Command, Outcome], count: int) -> None:
    pause = Event()
    while group.waiting != count:
        pause.wait(SOON)
