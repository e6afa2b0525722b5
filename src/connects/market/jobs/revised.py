"""A job as it stood before it was edited: what somebody paid for, beside what it says now."""

from __future__ import annotations

from copy import copy

from connects.market.jobs.models import Job, JobRevision


def job_at(job: Job, revision: int) -> Job | None:
    """The job with what it said at that revision; None where it says the same, or nobody knows."""
    if revision == job.revision:
        return None
    found = JobRevision.objects.filter(job=job, number=revision).first()
    if found is None:
        return None
    then = copy(job)
    for name, value in found.fields.items():
        setattr(then, name, value)
    return then
