"""How many Connects came back of the proposals to a job."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from connects.market.jobs.models import Job
from connects.market.proposals.models import Proposal
from connects.statements.checks.check import went_back


def went_back_words(job: Job) -> str:
    """What came back of a job's proposals so far, and to how many, in a sentence."""
    found = Proposal.objects.filter(job=job).aggregate(
        connects=Sum("returned"), people=Count("pk", filter=Q(returned__gt=0))
    )
    return went_back(found["connects"] or 0, found["people"])
