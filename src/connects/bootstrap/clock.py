"""The clock: the only place that knows what time it is.

Edges read it once for each request or job and pass the instant down. Scenarios, tests and the demo
hold it at an instant of their own (`held_at`), for their own thread or task alone. A sandbox's clock runs
ahead of the real one, for the whole process (`run_ahead`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from connects.vocabulary.moments import in_utc

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_ahead = timedelta()


def now() -> datetime:
    """The instant at which things happen now: aware, in UTC."""
    return _held.get() or datetime.now(UTC) + _ahead


def run_ahead(by: timedelta) -> None:
    """Let the clock of this process run ahead of the real one, as a sandbox's does."""
    global _ahead  # noqa: PLW0603 one clock for each process
    _ahead = by


def ahead_at(moment: datetime) -> timedelta:
    """How far a clock runs ahead that stands at that instant now."""
    return in_utc(moment) - datetime.now(UTC)


def as_elsewhere(moment: datetime) -> datetime:
    """What the clocks of others show at an instant of ours: a sandbox's runs ahead of theirs."""
    return moment - _ahead


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at an instant until the block ends."""
    token = _held.set(in_utc(moment))
    try:
        yield
    finally:
        _held.reset(token)
