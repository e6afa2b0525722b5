"""A category's demand, measured when a price is fixed.

The index is proposals per open job over the window in the category, over the same for the whole
marketplace (docs/rules.md 2.4). The worker measures all categories with one query a turn and keeps
the hours as a series (`record_demand`). A price takes the last reading while it is fresh, and measures
for itself where no worker has read for a while.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from connects.market.jobs.models import DemandByHand, DemandReading, Job
from connects.pricing.demand import AVERAGE_THOUSANDTHS
from connects.vocabulary.facts import Demand

WINDOW = timedelta(days=28)
FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Measured:
    """A category's open jobs within the window and the proposals they had in it."""

    category: str
    jobs: int
    proposals: int
    index_thousandths: int


def demand_for(category: str, now: datetime) -> Demand:
    """The category's demand index now; one that was set by hand takes the measured one's place."""
    by_hand = DemandByHand.objects.filter(category=category).first() if category else None
    if by_hand is not None:
        return Demand(by_hand.index_thousandths, None)
    if not category:
        return Demand(AVERAGE_THOUSANDTHS, 0)
    fresh = Q(measured__gt=now - FRESH, measured__lte=now)
    read = DemandReading.objects.filter(fresh, category=category).order_by("-taken").first()
    if read is not None:
        return Demand(read.index_thousandths, read.jobs)
    found = {row.category: row for row in measure(now)}.get(category)
    return Demand(found.index_thousandths, found.jobs) if found else Demand(AVERAGE_THOUSANDTHS, 0)


def measure(now: datetime) -> list[Measured]:
    """All categories at once; posts without a category count in the marketplace's average only."""
    since = now - WINDOW
    open_in_window = Q(ended__isnull=True) | Q(ended__gte=since)
    in_window = Q(proposals__submitted__gte=since)
    rows = (
        Job.objects.filter(open_in_window, posted__lte=now)
        .values("category")
        .order_by("category")
        .annotate(
            jobs=Count("id", distinct=True),
            sent=Count("proposals", distinct=True, filter=in_window),
        )
        .values_list("category", "jobs", "sent")
    )
    counts = [(category, jobs, sent) for category, jobs, sent in rows]
    all_jobs, all_sent = sum(row[1] for row in counts), sum(row[2] for row in counts)
    return [
        Measured(category, jobs, sent, _index(jobs, sent, all_jobs, all_sent))
        for category, jobs, sent in counts
        if category
    ]


def _index(jobs: int, sent: int, all_jobs: int, all_sent: int) -> int:
    """(proposals here / jobs here) / (proposals in all / jobs in all), in thousandths."""
    if not jobs or not all_sent:
        return AVERAGE_THOUSANDTHS
    return AVERAGE_THOUSANDTHS * sent * all_jobs // (jobs * all_sent)
