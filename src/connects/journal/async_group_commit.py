"""Group commit for callers that are coroutines of one event loop.

They share batches with each other and with threads. A loop hears of all its outcomes of a batch at once
and then lets its callers go on one after another: less than half of what waking as many threads takes.
"""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections.abc import Sequence
from contextlib import suppress

from connects.journal.group_commit import GroupCommit, Pending
from connects.journal.port import Outcome
from connects.ledger.commands import Command


class AsyncGroupCommit:
    """The callers of one event loop, in which it is to be made; whoever made `group` closes that."""

    def __init__(self, group: GroupCommit) -> None:
        self._group = group
        self._loop = get_running_loop()
        # In the order in which they came, and with it the instant (of the loop's clock) of each.
        self._waiting: dict[Pending, tuple[Future[Outcome], float]] = {}
        self._watching = False

    async def post(self, command: Command) -> Outcome:
        """Post the command with others', and wait until it is committed.

        Refused with `busy`, and nothing posted, where too many wait or it waited too long. Raises what
        the database raised where the command could not be posted; to send it again is safe. A caller
        who is cancelled does not take the command back: it may be posted all the same.
        """
        pending = self._group.submit(command, self)
        future: Future[Outcome] = self._loop.create_future()
        self._waiting[pending] = future, self._loop.time()
        if not self._watching:
            self._watching = True
            self._loop.call_later(self._group.timeout, self._time_out)
        return await future

    def deliver(self, answered: Sequence[Pending]) -> None:
        """See `group_commit.Inbox`."""
        with suppress(RuntimeError):  # where the loop is closed, and nobody waits in it
            self._loop.call_soon_threadsafe(self._answer, answered)

    def _time_out(self) -> None:
        """Take back those who waited too long, unless a batch has taken them; look again in time.

        One look for all is cheaper than an alarm for each, and they wait in the order of their instants.
        """
        timeout = self._group.timeout
        for pending, (_future, since) in self._waiting.items():
            if (left := since + timeout - self._loop.time()) > 0:
                self._loop.call_later(left, self._time_out)
                return
            self._group.withdraw(pending)
        self._watching = False

    def _answer(self, answered: Sequence[Pending]) -> None:
        for pending in answered:
            future, _since = self._waiting.pop(pending)
            if future.done():
                continue  # its caller was cancelled
            if pending.error is not None:
                future.set_exception(pending.error)
            else:
                assert pending.outcome is not None
                future.set_result(pending.outcome)
