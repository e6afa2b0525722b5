"""The refusal of an act on a job that is over, told apart by who asks."""

from __future__ import annotations

from connects.market.external_ids import host_id
from connects.market.jobs.models import Job
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused


def over_for(job: Job, problem: Problem) -> Refused:
    """A `job_closed` that says what is so for whoever asked: its client, or a member of staff.

    Refused without a `problem`, the code speaks to freelancers, who can look for another job.
    """
    return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job), "problem": problem})
