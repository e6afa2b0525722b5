"""Group commit, over a committer that does as a test says."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, main_thread

import pytest

from connects.journal.group_commit import ConnectionLost, GroupCommit, Limits
from connects.journal.port import Outcome, Posted
from connects.ledger.commands import Command
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.journal.gate import LONG, SOON, Gate, posted, spend, wait_until_waiting


@contextmanager
def behind_the_first(
    gate: Gate, keys: Sequence[str], limits: Limits
) -> Iterator[tuple[GroupCommit[Command, Outcome], list[Future[Outcome]]]]:
    """The first command is with the committer; the others wait behind it, in their order."""
    with GroupCommit(gate, limits) as group, ThreadPoolExecutor(len(keys)) as callers:
        futures = [callers.submit(group.post, spend("first"))]
        assert gate.batches.get(timeout=LONG) == ["first"]
        for number, key in enumerate(keys[1:], start=1):
            futures.append(callers.submit(group.post, spend(key)))
            wait_until_waiting(group, number)
        try:
            yield group, futures
        finally:
            gate.gate.set()


def results(futures: Sequence[Future[Outcome]]) -> list[object]:
    return [future.exception(LONG) or future.result(LONG) for future in futures]


def test_a_command_alone_goes_at_once() -> None:
    gate = Gate()
    gate.gate.set()

    with GroupCommit(gate, Limits(linger=LONG)) as group:
        for key in ("a", "bb"):
            assert group.post(spend(key)) == posted(spend(key))

    assert gate.told() == [["a"], ["bb"]]


def test_those_who_wait_while_a_batch_is_committed_go_together_in_their_order() -> None:
    gate = Gate()

    with behind_the_first(gate, ["first", "b", "cc", "ddd"], Limits(linger=0)) as (_, futures):
        gate.gate.set()
        outcomes = results(futures)

    assert outcomes == [posted(spend(key)) for key in ("first", "b", "cc", "ddd")]
    assert gate.told() == [["b", "cc", "ddd"]]


def test_a_batch_takes_no_more_than_it_may() -> None:
    gate = Gate()
    limits = Limits(batch_size=2, linger=0)

    with behind_the_first(gate, ["first", "b", "c", "d"], limits) as (_, futures):
        gate.gate.set()
        results(futures)

    assert gate.told() == [["b", "c"], ["d"]]


def test_a_poisonous_command_fails_alone() -> None:
    def fail(keys: Sequence[str]) -> None:
        if "bad" in keys:
            raise ValueError("cannot be stored")

    gate = Gate(fail)
    keys = ["first", "b", "bad", "d", "e"]

    with behind_the_first(gate, keys, Limits(linger=0)) as (_, futures):
        gate.gate.set()
        outcomes = results(futures)

    assert [type(outcome) for outcome in outcomes] == [Posted, Posted, ValueError, Posted, Posted]


def test_a_lost_connection_fails_those_of_its_batch_and_no_later_ones() -> None:
    lost = [True]

    def fail(keys: Sequence[str]) -> None:
        if "b" in keys and lost.pop():
            raise ConnectionLost("gone")

    gate = Gate(fail)

    with behind_the_first(gate, ["first", "b", "c"], Limits(linger=0)) as (group, futures):
        gate.gate.set()
        outcomes = results(futures)
        lost.append(False)
        again = group.post(spend("b"))

    assert [type(outcome) for outcome in outcomes] == [Posted, ConnectionLost, ConnectionLost]
    assert gate.told() == [["b", "c"], ["b"]]
    assert again == posted(spend("b"))


def test_where_too_many_wait_the_next_is_turned_away() -> None:
    gate = Gate()

    with behind_the_first(gate, ["first", "b", "c"], Limits(queue_size=2, linger=0)) as (group, _):
        assert group.post(spend("d")) == Refused(RefusalCode.BUSY, {"waiting": 2})

    assert gate.told() == [["b", "c"]]


def test_who_waited_too_long_is_turned_away_and_never_posted() -> None:
    gate = Gate()

    with (
        GroupCommit(gate, Limits(linger=0, timeout=SOON)) as group,
        ThreadPoolExecutor(1) as callers,
    ):
        first = group.submit(spend("first"))
        assert gate.batches.get(timeout=LONG) == ["first"]
        answer = callers.submit(first.result)
        late = group.post(spend("b"))
        gate.gate.set()

    assert late == Refused(RefusalCode.BUSY, {"waiting": 0})
    assert answer.result() == posted(spend("first")), "what was taken is waited for, however long"
    assert gate.told() == []


def test_closing_serves_those_who_wait_and_takes_no_more() -> None:
    gate = Gate()

    with behind_the_first(gate, ["first", "b", "c"], Limits(linger=LONG)) as (group, futures):
        with ThreadPoolExecutor(1) as other:
            closing = other.submit(group.close)
            while not group.closed:
                Event().wait(SOON)
            assert group.post(spend("d")) == Refused(RefusalCode.BUSY, {"waiting": 2})
            gate.gate.set()
            closing.result(LONG)
        assert [type(outcome) for outcome in results(futures)] == [Posted] * 3

    assert gate.closed
    assert gate.told() == [["b", "c"]]


def test_a_caller_who_has_several_waits_for_none_before_the_next() -> None:
    gate = Gate()

    with behind_the_first(gate, ["first"], Limits(linger=0)) as (group, _):
        pending = [group.submit(spend(key)) for key in ("b", "cc", "ddd")]
        gate.gate.set()
        outcomes = [each.result() for each in reversed(pending)]
        again = pending[0].result()

    assert outcomes == [posted(spend(key)) for key in ("ddd", "cc", "b")]
    assert again == posted(spend("b"))
    assert gate.told() == [["b", "cc", "ddd"]]


def test_a_caller_who_does_not_look_at_an_outcome_leaves_nobody_behind_asleep() -> None:
    gate = Gate()

    with (
        behind_the_first(gate, ["first", "b"], Limits(linger=0)) as (group, futures),
        ThreadPoolExecutor(1) as other,
    ):
        group.submit(spend("never looked at"))
        last = other.submit(group.post, spend("d"))
        wait_until_waiting(group, 3)
        gate.gate.set()

        assert results([*futures, last]) == [posted(spend(key)) for key in ("first", "b", "d")]


def test_what_is_handed_in_where_too_many_wait_is_refused_when_its_outcome_is_asked_for() -> None:
    gate = Gate()

    with behind_the_first(gate, ["first", "b"], Limits(queue_size=1, linger=0)) as (group, _):
        assert group.submit(spend("c")).result() == Refused(RefusalCode.BUSY, {"waiting": 1})


class GoneAwayError(Exception):
    """What a signal raises in the midst of waiting, as Ctrl-C does."""


def test_a_caller_who_goes_away_leaves_nobody_behind_asleep() -> None:
    gate = Gate()

    def interrupt(group: GroupCommit[Command, Outcome]) -> Outcome:
        wait_until_waiting(group, 2)
        last = ThreadPoolExecutor(1).submit(group.post, spend("d"))
        wait_until_waiting(group, 3)
        signal.pthread_kill(main_thread().ident or 0, signal.SIGUSR1)
        return last.result(LONG)

    def go_away(_number: int, _frame: object) -> None:
        raise GoneAwayError

    before = signal.signal(signal.SIGUSR1, go_away)
    try:
        with (
            ThreadPoolExecutor(1) as other,
            behind_the_first(gate, ["first", "b"], Limits(linger=0)) as (group, futures),
        ):
            last = other.submit(interrupt, group)
            with pytest.raises(GoneAwayError):
                group.post(spend("c"))
            gate.gate.set()
            assert last.result(LONG) == posted(spend("d"))
            assert futures[1].result(LONG) == posted(spend("b"))
    finally:
        signal.signal(signal.SIGUSR1, before)
