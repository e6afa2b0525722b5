"""A category's demand, measured when a price is fixed.

The index is proposals per open job over the window in the category, over the same for the whole
marketplace (RULES 2.4). Counting stops at the window, and both counts come from indexed columns.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q

from connects.market.jobs.models import DemandByHand, Job
from connects.vocabulary.facts import Demand

WINDOW = timedelta(days=28)
AVERAGE_THOUSANDTHS = 1_000


def demand_for(category: str, now: datetime) -> Demand:
    """The category's demand index now; one that was set by hand takes the measured one's place."""
    by_hand = DemandByHand.objects.filter(category=category).first() if category else None
    if by_hand is not None:
        return Demand(by_hand.index_thousandths, None)
    if not category:
        return Demand(AVERAGE_THOUSANDTHS, 0)
    since = now - WINDOW
    open_in_window = Q(ended__isnull=True) | Q(ended__gte=since)
    jobs = Job.objects.filter(open_in_window, posted__lte=now).aggregate(
        all=Count("id"), here=Count("id", filter=Q(category=category))
    )
    proposals = Job.objects.filter(proposals__submitted__gte=since).aggregate(
        all=Count("proposals"), here=Count("proposals", filter=Q(category=category))
    )
    return Demand(_index(jobs, proposals), jobs["here"])


def _index(jobs: dict[str, int], proposals: dict[str, int]) -> int:
    """(proposals here / jobs here) / (proposals in all / jobs in all), in thousandths."""
    if not jobs["here"] or not proposals["all"]:
        return AVERAGE_THOUSANDTHS
    return (
        AVERAGE_THOUSANDTHS * proposals["here"] * jobs["all"] // (jobs["here"] * proposals["all"])
    )
