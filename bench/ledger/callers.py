"""Many callers at once, each with one spend in flight: alone, and sharing batches by group commit.

Callers are threads of one process; more processes made single posts slower on two cores. As with
batches, the clock runs while spends are posted and not while they are made up.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count, islice
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from bench.ledger.result import Rate, rate
from bench.ledger.workload import NOW, frame

if TYPE_CHECKING:
    from connects.journal.group_commit import GroupCommit
    from connects.journal.port import Outcome
    from connects.ledger.commands import Command, Spend

EACH = 31
"""So many spends a caller hands in at a time who has several: 32 callers nearly fill the queue."""

MADE_A_SECOND = 50_000
"""So many spends are made up for each second: more than all callers together post in one."""

Post: TypeAlias = "Callable[[Sequence[Spend]], Sequence[Outcome]]"


def alone(callers: int, wallets: int, seconds: float, rounds: int) -> Rate:
    """Each caller's spend in a transaction of its own."""
    from connects.bootstrap.journals import post_alone

    def post(commands: Sequence[Spend]) -> Sequence[Outcome]:
        return post_alone(commands, NOW)

    found = [posted(post, callers, wallets, seconds) / seconds for _ in range(rounds)]
    return rate("single posts", callers, found)


def sharing(callers: int, wallets: int, seconds: float, rounds: int, each: int = 1) -> Rate:
    """The spends of threads of this process, which share batches; `each` are in flight at a time."""
    from connects.bootstrap.journals import post_alone
    from connects.bootstrap.own_transactions import OwnTransactions
    from connects.journal.group_commit import GroupCommit

    own: OwnTransactions[Command, Outcome] = OwnTransactions(
        lambda commands: post_alone(commands, NOW)
    )

    found = []
    for _ in range(rounds):
        with GroupCommit(own) as group:

            def post(
                commands: Sequence[Spend], group: GroupCommit[Command, Outcome] = group
            ) -> Sequence[Outcome]:
                pending = [group.submit(command) for command in commands]
                return [each.result() for each in pending]

            found.append(posted(post, callers, wallets, seconds, each) / seconds)
    return rate("group commit" if each == 1 else f"group commit, {each} each", callers, found)


def posted(post: Post, callers: int, wallets: int, seconds: float, each: int = 1) -> int:
    """How many spends that many threads post in that time, handing in so many at a time."""
    done = [0] * callers
    spends = _made(callers, wallets, seconds)
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_call, args=(post, done, place, spends[place], each, until))
        for place in range(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def _made(callers: int, wallets: int, seconds: float) -> list[Iterator[Spend]]:
    """Each caller's spends, made up before the clock runs."""
    made = round(MADE_A_SECOND * seconds / callers)
    spends = [_spends(wallets, made) for _ in range(callers)]
    gc.freeze()  # lest the collector go through all that was made
    return spends


def _spends(wallets: int, made: int) -> Iterator[Spend]:
    """Spends without end, so many of which are made already."""
    from connects.ledger.commands import Spend

    def make() -> Iterator[Spend]:
        chance = Random()
        name = f"{chance.getrandbits(48):x}"
        for number in count():
            yield Spend(**frame(chance.randint(1, wallets), f"{name}-{number}"), credits=1)

    endless = make()
    return chain(list(islice(endless, made)), endless)


def _call(
    post: Post, done: list[int], place: int, spends: Iterator[Spend], each: int, until: float
) -> None:
    from django.db import connections

    from connects.journal.port import Posted

    while time.perf_counter() < until:
        for outcome in post(list(islice(spends, each))):
            assert isinstance(outcome, Posted), outcome
            done[place] += 1
    connections.close_all()
