"""Group commit for coroutines, over a committer that does as a test says."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from connects.journal.async_group_commit import AsyncGroupCommit
from connects.journal.group_commit import GroupCommit, Limits
from connects.journal.port import Outcome
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.journal.gate import LONG, SOON, Gate, posted, spend, wait_until_waiting


def run(gate: Gate, limits: Limits, story: Callable[[GroupCommit], Awaitable[None]]) -> None:
    """Run a story in an event loop, over a group that is closed after it."""

    async def within(group: GroupCommit) -> None:
        try:
            await asyncio.wait_for(story(group), LONG)
        finally:
            gate.gate.set()

    with GroupCommit(gate, limits) as group:
        asyncio.run(within(group))


async def handed_in(callers: AsyncGroupCommit, keys: Sequence[str]) -> list[asyncio.Task[Outcome]]:
    """Callers whose commands wait in their order."""
    tasks = [asyncio.create_task(callers.post(spend(key))) for key in keys]
    await asyncio.sleep(0)  # by then, each has handed in its command
    return tasks


async def first_taken(gate: Gate, callers: AsyncGroupCommit) -> list[asyncio.Task[Outcome]]:
    """A caller whose command is with the committer, so that others have to wait behind it."""
    tasks = await handed_in(callers, ["first"])
    assert await asyncio.to_thread(gate.batches.get, timeout=LONG) == ["first"]
    return tasks


def test_coroutines_that_wait_together_share_a_batch_and_each_hears_its_own_outcome() -> None:
    gate = Gate()

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        tasks = await first_taken(gate, callers)
        tasks += await handed_in(callers, ["b", "cc", "ddd"])
        gate.gate.set()

        assert await asyncio.gather(*tasks) == [
            posted(spend(key)) for key in ("first", "b", "cc", "ddd")
        ]

    run(gate, Limits(linger=0), story)
    assert gate.told() == [["b", "cc", "ddd"]]


def test_threads_and_coroutines_of_two_loops_share_a_batch() -> None:
    gate = Gate()

    def another_loop(group: GroupCommit) -> Outcome:
        async def post() -> Outcome:
            return await AsyncGroupCommit(group).post(spend("dddd"))

        return asyncio.run(post())

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        tasks = await first_taken(gate, callers)
        tasks += await handed_in(callers, ["b"])
        with ThreadPoolExecutor(2) as others:
            thread = others.submit(group.post, spend("ccc"))
            await asyncio.to_thread(wait_until_waiting, group, 2)
            loop = others.submit(another_loop, group)
            await asyncio.to_thread(wait_until_waiting, group, 3)
            gate.gate.set()

            assert await asyncio.gather(*tasks) == [posted(spend(key)) for key in ("first", "b")]
            assert await asyncio.wrap_future(thread) == posted(spend("ccc"))
            assert await asyncio.wrap_future(loop) == posted(spend("dddd"))

    run(gate, Limits(linger=0), story)
    assert gate.told() == [["b", "ccc", "dddd"]]


def test_a_poisonous_command_fails_for_its_own_coroutine_alone() -> None:
    def fail(keys: Sequence[str]) -> None:
        if "bad" in keys:
            raise ValueError("cannot be stored")

    gate = Gate(fail)
    gate.gate.set()

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        tasks = await handed_in(callers, ["a", "bad", "ccc"])
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)

        assert outcomes[::2] == [posted(spend("a")), posted(spend("ccc"))]
        assert isinstance(outcomes[1], ValueError)

    run(gate, Limits(), story)


def test_where_too_many_wait_a_coroutine_is_turned_away_at_once() -> None:
    gate = Gate()

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        tasks = await first_taken(gate, callers)
        tasks += await handed_in(callers, ["b"])

        assert await callers.post(spend("c")) == Refused(RefusalCode.BUSY, {"waiting": 1})
        gate.gate.set()
        await asyncio.gather(*tasks)

    run(gate, Limits(queue_size=1, linger=0), story)
    assert gate.told() == [["b"]]


def test_a_coroutine_that_waited_too_long_is_turned_away_and_its_command_never_posted() -> None:
    gate = Gate()

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        [first] = await first_taken(gate, callers)
        late = await handed_in(callers, ["b", "c"])

        assert await asyncio.gather(*late) == [
            Refused(RefusalCode.BUSY, {"waiting": waiting}) for waiting in (1, 0)
        ]
        later = await handed_in(callers, ["d"])
        assert await asyncio.gather(*later) == [Refused(RefusalCode.BUSY, {"waiting": 0})]
        assert not first.done(), "what was taken is waited for, however long"
        gate.gate.set()
        assert await first == posted(spend("first"))

    run(gate, Limits(linger=0, timeout=SOON), story)
    assert gate.told() == []


def test_a_cancelled_coroutine_leaves_nobody_behind() -> None:
    gate = Gate()

    async def story(group: GroupCommit) -> None:
        callers = AsyncGroupCommit(group)
        tasks = await first_taken(gate, callers)
        gone, stays = await handed_in(callers, ["b", "cc"])
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        gate.gate.set()

        assert await asyncio.gather(*tasks, stays) == [
            posted(spend(key)) for key in ("first", "cc")
        ]

    run(gate, Limits(linger=0), story)
    assert gate.told() == [["b", "cc"]], "a command that was handed in is posted all the same"


def test_a_loop_that_is_gone_does_not_stop_the_thread_that_commits() -> None:
    gate = Gate()

    async def leave(group: GroupCommit) -> None:
        await first_taken(gate, AsyncGroupCommit(group))

    with GroupCommit(gate, Limits(linger=0)) as group:
        asyncio.run(leave(group))
        gate.gate.set()

        assert group.post(spend("b")) == posted(spend("b"))
