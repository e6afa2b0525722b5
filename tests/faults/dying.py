"""A process that dies at a numbered step, and what it was doing then.

Steps are the moments between which something can be lost: before each statement of the database, before
and after each commit, before a provider is asked and after it has answered. The process kills itself as
a power cut would: nothing is tidied up.
"""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import psycopg
import stripe
from django.db import connection

from connects.journal.databases.postgresql.libpq import Direct
from connects.journal.databases.postgresql.pipelines import Pipeline

FINISHED, DIED = 0, -signal.SIGKILL


_EDGES = ((connection, "_commit"), (stripe.RequestsClient, "request"), (httpx.Client, "send"))


_WAYS = ((psycopg.Cursor, "execute"), (Direct, "query"), (Pipeline, "put"))


class Steps:
    """Counts steps, and dies at one of them."""

    def __init__(self, dies_at: int) -> None:
        self.dies_at, self.reached = dies_at, 0

    def step(self) -> None:
        self.reached += 1
        if self.reached == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def counted(self) -> Any:
        """Within the block every step counts."""
        with ExitStack() as stack:
            # The process ends when the block does, so nothing has to be put back.
            if connection.vendor == "postgresql":
                # Batches go by ways of their own, which Django's wrappers do not see.
                for way, send in _WAYS:
                    setattr(way, send, self._before(getattr(way, send)))
            else:
                stack.enter_context(connection.execute_wrapper(self._statement))
            for owner, name in _EDGES:
                setattr(owner, name, self._around(getattr(owner, name)))
            yield

    def _statement(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.step()
        return execute(sql, params, many, context)

    def _before(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return act(*args, **kwargs)

        return counted

    def _around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            answer = act(*args, **kwargs)
            self.step()
            return answer

        return counted


def dies(act: Callable[[], object], step: int) -> bool:
    """Do something in a process of its own that dies at that step; whether it lived to see it."""
    connection.close()
    child = os.fork()
    if child == 0:
        with Steps(step).counted():
            act()
        os._exit(FINISHED)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (FINISHED, DIED), f"the process ended with {code}"
    return code == DIED
