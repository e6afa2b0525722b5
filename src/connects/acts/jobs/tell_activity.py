"""A host says that a client has done something about a job, which restarts their silence."""

from __future__ import annotations

from django.db import transaction

from connects.acts.jobs.end import open_job
from connects.acts.jobs.note_activity import note_activity
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.vocabulary.refusals import Refused


def tell_activity(job: Job, client: Account) -> Job | Refused:
    """A host says that the client has just done something about the post, which restarts their silence.

    Refused with `not_allowed` or `job_closed`.
    """
    now = clock_now()
    with transaction.atomic():
        locked = open_job(job, client)
        if not isinstance(locked, Refused):
            note_activity(locked, rule_book_of(client, now), now)
        return locked
