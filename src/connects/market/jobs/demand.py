"""The demand of categories, as it was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connects.market.jobs.models import DemandReading


def readings_since(since: datetime) -> Iterable[DemandReading]:
    """The series from that instant on, oldest first."""
    return DemandReading.objects.filter(taken__gte=since).order_by("taken", "category")


def last_readings() -> list[DemandReading]:
    """The readings of the last hour that has any, the most sought after category first."""
    last = DemandReading.objects.order_by("-taken").first()
    if last is None:
        return []
    rows = DemandReading.objects.filter(taken=last.taken)
    return list(rows.order_by("-index_thousandths", "category"))
