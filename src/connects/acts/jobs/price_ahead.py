"""Price open posts under every rule book that is in use, so that they can be found by their price.

A post is priced under its client's rule book when it goes live. Under another one it would be priced
only once somebody asked, which is too late for a filter.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import fix_price
from connects.market.members.editions import book_of, editions_in_use

BATCH = 100


def next_due(until: datetime) -> datetime | None:
    """When the first open post went live that is not priced ahead, by `until`."""
    if len(editions_in_use()) < 2:
        return None
    rows = Job.objects.filter(priced_ahead=False, status=JobStatus.OPEN, posted__lte=until)
    return rows.order_by("posted").values_list("posted", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Price a batch of open posts under each edition."""
    with transaction.atomic():
        books = [book_of(edition) for edition in editions_in_use()]
        rows = Job.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(priced_ahead=False, status=JobStatus.OPEN, posted__lte=until)
        batch = list(due.order_by("posted")[:BATCH])
        for job in batch:
            for book in books:
                fix_price(job, book, now)
        Job.objects.filter(pk__in=[job.pk for job in batch]).update(priced_ahead=True)
