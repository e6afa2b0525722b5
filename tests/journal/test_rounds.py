"""Calls of one thread share batches: each waits where it hands in a command, without a thread."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import partial

from greenlet import getcurrent, greenlet

from connects.journal.rounds import Rounds

ASKED: ContextVar[str] = ContextVar("asked")


class Capitals:
    """Commits words in capitals; a batch with "no" in it fails."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def post(self, commands: Sequence[str]) -> list[str]:
        self.batches.append(list(commands))
        if "no" in commands:
            raise ValueError("no")
        return [command.upper() for command in commands]

    def close(self) -> None:
        raise AssertionError("it is the caller's")


def test_calls_go_on_together_each_with_its_own_outcome() -> None:
    committer, told = Capitals(), dict[str, list[str]]()
    rounds: Rounds[str, str] = Rounds(committer)

    def posts(name: str, *commands: str) -> None:
        ASKED.set(name)
        told[name] = []
        for command in commands:
            try:
                outcome = rounds.post(command)
            except ValueError as error:
                outcome = f"raised {error}"
            told[name].append(outcome)
            assert ASKED.get() == name

    calls: list[Callable[[], None]] = [
        partial(posts, "twice", "a", "b"),
        partial(posts, "never"),
        partial(posts, "refused", "no"),
        partial(posts, "once", "c"),
    ]

    assert list(rounds.run(calls)) == [1, 2, 3, 0]
    assert told == {"twice": ["A", "B"], "never": [], "refused": ["raised no"], "once": ["C"]}
    assert committer.batches[0] == ["a", "no", "c"], "all that wait share a batch"
    assert committer.batches[-1] == ["b"], "who waits again is in the next one"
    assert ASKED.get("nobody") == "nobody", "what a call keeps for itself is gone with it"


def test_who_made_a_call_makes_the_next_one_and_knows_nothing_of_the_first() -> None:
    rounds: Rounds[str, str] = Rounds(Capitals())
    made_by: list[greenlet] = []
    knew: list[str] = []

    def posts(name: str) -> None:
        made_by.append(getcurrent())
        knew.append(ASKED.get("nothing"))
        ASKED.set(name)
        rounds.post(name)

    for names in ("ab", "cd"):
        assert list(rounds.run([partial(posts, name) for name in names])) == [0, 1]

    assert set(made_by[:2]) == set(made_by[2:])
    assert knew == ["nothing"] * 4
