"""A sandbox: an installation for tries, whose clock its host moves. Nothing real is ever in one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error

from connects.bootstrap.clock import ahead_at, run_ahead
from connects.market.upkeep.models import SandboxClock

THE_ROW = 1


def is_sandbox() -> bool:
    """Whether this database is a sandbox's."""
    return SandboxClock.objects.filter(pk=THE_ROW).exists()


def begin_sandbox(now: datetime) -> None:
    """Make this database a sandbox's, for good."""
    SandboxClock.objects.get_or_create(pk=THE_ROW, defaults={"began": now})


def set_clock(to: datetime) -> None:
    """Let the sandbox's clock stand at that instant, and run on from there; other processes follow."""
    by = ahead_at(to)
    SandboxClock.objects.filter(pk=THE_ROW).update(ahead=by // timedelta(microseconds=1))
    run_ahead(by)


def follow_clock() -> None:
    """Let this process's clock be the sandbox's. A database that is away changes nothing."""
    if not settings.SANDBOX:
        return
    try:
        ahead = SandboxClock.objects.values_list("ahead", flat=True).filter(pk=THE_ROW).first()
    except Error:
        return
    if ahead is not None:
        run_ahead(timedelta(microseconds=ahead))
