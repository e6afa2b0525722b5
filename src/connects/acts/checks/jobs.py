"""Checks of acts on a job: close it, remove it."""

from __future__ import annotations

from connects.acts.credits.forecast_returns import forecast_end
from connects.acts.jobs.end import cause_of_closing
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import CloseReason, Job, JobStatus
from connects.market.jobs.over import over_for
from connects.market.moderation.selectors import open_flags_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import suspended_problem
from connects.statements.checks.check import Check
from connects.statements.checks.staff import check_of_removal_of_job
from connects.statements.checks.work import check_of_close
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.vocabulary.returns import ReturnCause


def check_close(job: Job, client: Account, reason: CloseReason) -> Check | Refused:
    """How many get how many Connects back if the client closes the job now. Refused as closing is."""
    if job.client_id != client.pk:
        return not_allowed(Problem.NOT_YOURS)
    if job.status != JobStatus.OPEN:
        return over_for(job, Problem.OWN_JOB_OVER)
    refused = suspended_problem(client)
    if refused is not None:
        return refused
    cause = cause_of_closing(job, reason)
    forecast = forecast_end(job, cause, clock_now())
    return check_of_close(job.title, forecast, hired=cause is ReturnCause.CLOSED_AFTER_HIRE)


def check_removal_of_job(job: Job, staff: User | None) -> Check | Refused:
    """Who gets what back if the job is removed now. Refused as removing it is."""
    refused = denied(staff, Act.DECIDE_FLAGS)
    if refused is not None:
        return refused
    if job.status == JobStatus.REMOVED:
        return over_for(job, Problem.REMOVED_ALREADY)
    forecast = forecast_end(job, ReturnCause.REMOVED_FOR_TERMS, clock_now())
    flags = open_flags_of(job)
    return check_of_removal_of_job(job.title, job.client.name, forecast, flags)
