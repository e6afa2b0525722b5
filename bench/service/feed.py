"""How long it takes until what was charged stands in the feed, with the worker that publishes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.service.calls import Calls
from bench.service.load import ask, request

AT_LEAST = 50
SECONDS_MOST = 10.0
LOOKS_EVERY = 0.01


def feed_p99_ms(port: int, calls: Calls, database_url: str, var: str, seconds: float) -> float:
    """Milliseconds from a charge's answer to its event in the feed, which 99 of 100 take at most."""
    with _worker(database_url, var):
        cursor = _caught_up(port, calls)
        taken: list[float] = []
        charges = calls.charges("fed")
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or len(taken) < AT_LEAST:
            charge = next(charges)
            name = charge.raw.split(b" ", 2)[1].rpartition(b"/")[2]
            status, _ = ask(port, charge)
            if status != 201:
                raise RuntimeError(f"a charge was answered with {status}")
            began = time.perf_counter()
            cursor = _wait_for(port, calls, cursor, name)
            taken.append(1_000 * (time.perf_counter() - began))
    ordered = sorted(taken)
    return ordered[min(int(0.99 * len(ordered)), len(ordered) - 1)]


def _caught_up(port: int, calls: Calls) -> str | None:
    """The end of the feed once the worker has published all that there was."""
    cursor: str | None = None
    quiet, began = 0, False
    while not began or quiet < 20:
        found, cursor, _ = _page(port, calls, cursor)
        began = began or found > 0
        quiet = 0 if found else quiet + 1
        time.sleep(LOOKS_EVERY if found else 0.1)
    return cursor


def _wait_for(port: int, calls: Calls, cursor: str | None, name: bytes) -> str | None:
    until = time.perf_counter() + SECONDS_MOST
    while time.perf_counter() < until:
        found, cursor, raw = _page(port, calls, cursor)
        if found and b'"' + name + b'"' in raw:
            return cursor
        time.sleep(LOOKS_EVERY)
    raise RuntimeError(f"{name.decode()} was not in the feed within {SECONDS_MOST} seconds")


def _page(port: int, calls: Calls, cursor: str | None) -> tuple[int, str | None, bytes]:
    after = "" if cursor is None else f"&after={cursor}"
    status, raw = ask(port, request("GET", f"/api/v1/events?limit=500{after}", calls.key))
    if status != 200:
        raise RuntimeError(f"the feed was answered with {status}: {raw[:200]!r}")
    page = json.loads(raw)
    return len(page["items"]), page["next"] or cursor, raw


@contextmanager
def _worker(database_url: str, var: str) -> Iterator[None]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "connects.cli", "worker"],
        env={**os.environ, "DATABASE_URL": database_url, "CONNECTS_VAR": var},
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
