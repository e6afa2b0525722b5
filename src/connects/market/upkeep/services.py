"""The worker says that it is at work, and others ask since when it has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connects.market.upkeep.models import WorkerPass

THE_ROW = 1


def note_pass(now: datetime, provider_calls: Mapping[str, int]) -> None:
    """Note that the worker is through."""
    WorkerPass.objects.update_or_create(
        pk=THE_ROW, defaults={"finished": now, "provider_calls": dict(provider_calls)}
    )


def last_pass() -> WorkerPass | None:
    """What the worker noted last; None where none ever ran."""
    return WorkerPass.objects.filter(pk=THE_ROW).first()
