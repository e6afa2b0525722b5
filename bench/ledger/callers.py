"""Many callers at once, each with one spend under way: alone, and sharing batches by group commit.

Callers are threads of one process; more processes made single posts slower on two cores.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from bench.ledger.result import Rate, rate
from bench.ledger.workload import NOW, frame

if TYPE_CHECKING:
    from connects.journal.batch import Outcome
    from connects.ledger.commands import Spend


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
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_call, args=(post, done, place, wallets, until))
        for place in range(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def _call(
    post: Callable[[Spend], Outcome], done: list[int], place: int, wallets: int, until: float
) -> None:
    from django.db import connections

    from connects.journal.port import Posted
    from connects.ledger.commands import Spend

    chance = Random()
    name = f"{chance.getrandbits(48):x}"
    while time.perf_counter() < until:
        key = f"{name}-{done[place]}"
        outcome = post(Spend(**frame(chance.randint(1, wallets), key), credits=1))
        assert isinstance(outcome, Posted), outcome
        done[place] += 1
    connections.close_all()
