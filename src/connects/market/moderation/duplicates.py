"""Posts of one client whose words are nearly the same."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from connects.market.jobs.models import Job

WINDOW = timedelta(days=30)
COMPARED_AT_MOST = 20
ALIKE_PERCENT = 80
FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")


def near_duplicate(job: Job, now: datetime) -> Job | None:
    """The client's earlier post of the last 30 days whose words are nearly the same."""
    own = _words(job)
    if len(own) < FEWEST_WORDS:
        return None
    earlier = Job.objects.filter(client_id=job.client_id, posted__gt=now - WINDOW)
    for other in earlier.exclude(pk=job.pk).order_by("-posted")[:COMPARED_AT_MOST]:
        theirs = _words(other)
        if 100 * len(own & theirs) >= ALIKE_PERCENT * len(own | theirs):
            return other
    return None


def _words(job: Job) -> frozenset[str]:
    return frozenset(_WORD.findall(f"{job.title} {job.description}".lower()))
