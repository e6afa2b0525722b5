"""Many callers at once, each with one spend under way: alone, and sharing batches by group commit.

Callers that share batches are threads of one process. Callers that do not are spread over as many
processes as the machine has cores, as the processes of a web server are: threads of one process would
only wait for its interpreter.
"""

from __future__ import annotations

import os
import subprocess
import sys
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

Posting = "Callable[[Spend], Outcome]"
READY = "ready"


def alone(callers: int, wallets: int, seconds: float, rounds: int) -> Rate:
    """Each caller's spend in a transaction of its own."""
    processes = min(callers, os.cpu_count() or 1)
    return rate(
        "single posts",
        callers,
        [_spread_out(callers, processes, wallets, seconds) for _ in range(rounds)],
    )


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


def _spread_out(callers: int, processes: int, wallets: int, seconds: float) -> float:
    """Spends a second by callers in so many processes, all let go at the same moment."""
    shares = [callers // processes + (n < callers % processes) for n in range(processes)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.ledger.callers", str(share), str(wallets), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in shares
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == READY
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sum(int(process.communicate()[0]) for process in started) / seconds


def _one_process(callers: int, wallets: int, seconds: float) -> None:
    import django

    django.setup()
    from connects.bootstrap.journals import post_alone

    def post(command: Spend) -> Outcome:
        return post_alone([command], NOW)[0]

    print(READY, flush=True)
    sys.stdin.readline()
    print(posted(post, callers, wallets, seconds))


if __name__ == "__main__":
    _one_process(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
