"""How the log hears that something in the background failed, and will be tried again."""

from __future__ import annotations

from structlog.typing import FilteringBoundLogger

from connects.bootstrap.outages import is_outage

CHARACTERS_MOST = 300


def log_failure(
    log: FilteringBoundLogger, event: str, error: Exception, failures: int, pause_seconds: float
) -> None:
    """Say what failed; with its traceback the first time, unless the database was away."""
    known = is_outage(error) or failures > 1
    said = " ".join(str(error).split())[:CHARACTERS_MOST]
    log.error(
        event,
        error=f"{type(error).__name__}: {said}",
        failures=failures,
        next_try_seconds=round(pause_seconds),
        exc_info=None if known else error,
    )
