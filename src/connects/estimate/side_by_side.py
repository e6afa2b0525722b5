"""Independent pieces of training, a process for each core and one thread in each process.

Threads that meet after every level of a tree wait for each other whenever something else has a core:
beside other work, two threads took three times as long as two processes do. Little work is done here
and now, in one thread as well, since a process takes a second to begin.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from threadpoolctl import threadpool_limits

ENOUGH_POSTS = 6_000


class _Here(Executor):
    """Does what it is given at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def _one_thread() -> None:
    # It is read when scikit-learn's libraries are loaded, which the first piece of work does.
    os.environ["OMP_NUM_THREADS"] = "1"


@contextmanager
def side_by_side(posts: int) -> Iterator[Executor]:
    """What to submit pieces to, for that many posts in all."""
    cores = os.cpu_count() or 1
    if posts < ENOUGH_POSTS or cores == 1:
        with threadpool_limits(1):
            yield _Here()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_one_thread) as pool:
        yield pool
