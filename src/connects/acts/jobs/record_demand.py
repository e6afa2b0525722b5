"""Record each hour's demand of every category, as a series."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from connects.acts.jobs.measure_demand import measure
from connects.market.jobs.models import DemandReading

BETWEEN_READINGS = timedelta(minutes=1)
KEPT = timedelta(days=400)


def record_demand(now: datetime) -> int:
    """Measure and keep this hour's reading, unless that was done a moment ago; how many categories."""
    moment_ago = Q(measured__gt=now - BETWEEN_READINGS, measured__lte=now)
    if DemandReading.objects.filter(moment_ago, taken=_hour(now)).exists():
        return 0
    rows = [
        DemandReading(
            category=found.category,
            taken=_hour(now),
            measured=now,
            jobs=found.jobs,
            proposals=found.proposals,
            index_thousandths=found.index_thousandths,
        )
        for found in measure(now)
    ]
    DemandReading.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["category", "taken"],
        update_fields=["measured", "jobs", "proposals", "index_thousandths"],
    )
    DemandReading.objects.filter(taken__lt=now - KEPT).delete()
    return len(rows)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
