"""How many Connects came back of the proposals to a job."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from connects.market.jobs.models import Job
from connects.market.proposals.models import Proposal
from connects.statements.checks.check import went_back

CAME_BACK = {
    "came_back": Sum("returned", default=0),
    "given_back": Count("pk", filter=Q(returned__gt=0)),
}
"""To sum over proposals: the Connects that came back of them, and how many got any back."""


def went_back_words(job: Job) -> str:
    """What came back of a job's proposals so far, and to how many, in a sentence."""
    found = Proposal.objects.filter(job=job).aggregate(**CAME_BACK)
    return went_back(found["came_back"], found["given_back"])
