"""Flagging a post: by members, and by the marketplace itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job, JobStatus
from connects.market.limits.table import FLAGS
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed
from connects.vocabulary.typed_input import text_refused

TEXT_CHARACTERS = 500
# A flag weighs 1 to 10: by how many of its author's earlier ones were upheld.
NEW_REPORTER = 5
SYSTEM_WEIGHT = 8


def flag_job(job: Job, by: Account, reason: FlagReason, text: str = "") -> Flag | Refused:
    """Flag a post; once for each account, however often the request is repeated.

    Refused with `not_allowed` (your own post, or too many in a day), `job_closed` or `invalid`.
    """
    wrong = text_refused("text", text, TEXT_CHARACTERS)
    if wrong is not None:
        return wrong
    if job.client_id == by.pk:
        return not_allowed(Problem.OWN_POST)
    suspended = suspended_problem(by)
    if suspended is not None:
        return suspended
    now = clock_now()
    with transaction.atomic():
        # The account's row is locked, so that its flags are raised and counted one after another.
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
        earlier = Flag.objects.filter(job=job, by=by).first()
        if earlier is not None:
            return earlier
        if job.status in (JobStatus.REMOVED, JobStatus.VOID):
            return Refused(RefusalCode.JOB_CLOSED, {"job": host_id(job)})
        too_often = count_act(FLAGS, f"account:{by.pk}", now)
        if too_often is not None:
            return too_often
        return _raise(job, by, reason, text, _weight(by), now)


def flag_by_system(job: Job, reason: FlagReason, text: str, now: datetime) -> Flag:
    """The system's own flag, once for each post and reason. Runs in the caller's transaction."""
    earlier = Flag.objects.filter(job=job, by=None, reason=reason).first()
    return earlier or _raise(job, None, reason, text, SYSTEM_WEIGHT, now)


def _raise(
    job: Job, by: Account | None, reason: FlagReason, text: str, weight: int, now: datetime
) -> Flag:
    return Flag.objects.create(
        job=job, by=by, reason=reason.value, text=text, weight=weight, raised=now
    )


def _weight(by: Account) -> int:
    """From 1 for who is always wrong to 10 for who is always right; five decisions make a record."""
    decided = Flag.objects.filter(by=by).exclude(state=FlagState.OPEN)
    count = decided.count()
    if count < 5:
        return NEW_REPORTER
    return max(10 * decided.filter(state=FlagState.UPHELD).count() // count, 1)
