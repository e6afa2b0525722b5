"""Posts in the order of their numbers of proposals.

On PostgreSQL the order has a table of its own (`JobRanking`); SQLite, where posts are few, sorts them.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import F, QuerySet

from connects.market.jobs.models import Job


def ranked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """The posts with `standing`: their number of proposals, by which they can be sorted."""
    if connection.vendor != "postgresql":
        return jobs.annotate(standing=F("proposal_count"))
    # The bound lets the database begin with the table that is in this order.
    return jobs.filter(ranking__proposals__gte=0).annotate(standing=F("ranking__proposals"))


def open_ranked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """The same for open posts, which an order of their own leads to."""
    if connection.vendor == "postgresql":
        jobs = jobs.filter(ranking__is_open=True)
    return ranked(jobs)
