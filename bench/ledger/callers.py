"""Many callers at once, each with one spend under way: alone, and sharing batches by group commit.

Callers are threads of one process; more processes made single posts slower on two cores. As with
batches, the clock runs while spends are posted and not while they are made up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain, count, islice
from random import Random
from typing import TYPE_CHECKING

from bench.ledger.result import Rate, rate
from bench.ledger.workload import NOW, frame

if TYPE_CHECKING:
    from connects.journal.batch import Outcome
    from connects.ledger.commands import Spend

MADE_A_SECOND = 20_000
"""So many spends are made up for each second: more than all callers together post in one."""


def alone(callers: int, wallets: int, seconds: float, rounds: int) -> Rate:
    """Each caller's spend in a transaction of its own."""
    from connects.bootstrap.journals import post_alone

    def post(command: Spend) -> Outcome:
        return post_alone([command], NOW)[0]

    found = [posted(post, callers, wallets, seconds) / seconds for _ in range(rounds)]
    return rate("single posts", callers, found)


def sharing(callers: int, wallets: int, seconds: float, rounds: int) -> Rate:
    """The spends of threads of this process, which share batches."""
    from connects.bootstrap.journals import group_commit

    found = []
    for _ in range(rounds):
        with group_commit() as group:
            found.append(posted(group.post, callers, wallets, seconds) / seconds)
    return rate("group commit", callers, found)


def posted(post: Callable[[Spend], Outcome], callers: int, wallets: int, seconds: float) -> int:
    """How many spends that many threads post in that time."""
    done = [0] * callers
    made = round(MADE_A_SECOND * seconds / callers)
    spends = [_spends(wallets, made) for _ in range(callers)]
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_call, args=(post, done, place, spends[place], until))
        for place in range(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


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
    post: Callable[[Spend], Outcome],
    done: list[int],
    place: int,
    spends: Iterator[Spend],
    until: float,
) -> None:
    from django.db import connections

    from connects.journal.port import Posted

    for spend in spends:
        if time.perf_counter() >= until:
            break
        outcome = post(spend)
        assert isinstance(outcome, Posted), outcome
        done[place] += 1
    connections.close_all()
