"""Signed links by which a client closes a job from an e-mail, without signing in.

A link names the job, its revision, its client and when it was written. It does nothing by itself: the
page behind it asks first. It ends after some days, with the job, and with the next edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.signing import BadSignature, Signer

from connects.market.jobs.models import Job, JobStatus
from connects.vocabulary.moments import as_moment

SALT = "connects.close-job"
LASTS = timedelta(days=30)
TOKEN_CHARACTERS = 400


class LinkProblem(StrEnum):
    """The reason why a link does nothing."""

    BROKEN = "broken"
    EXPIRED = "expired"
    OTHER_PERSON = "other-person"
    CLOSED_ALREADY = "closed-already"
    ENDED = "ended"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CloseLink:
    """What a link stands for."""

    job: str
    revision: int
    written: datetime


def token_of(link: CloseLink) -> str:
    """The link's text, signed."""
    said = [link.job, link.revision, link.written.isoformat()]
    return Signer(salt=SALT).sign_object(said)


def link_in(token: str) -> CloseLink | LinkProblem:
    """What a text stands for; `BROKEN` where we did not write it."""
    if len(token) > TOKEN_CHARACTERS:
        return LinkProblem.BROKEN
    try:
        job, revision, written = Signer(salt=SALT).unsign_object(token)
        return CloseLink(str(job), int(revision), as_moment(datetime.fromisoformat(written)))
    except (BadSignature, ValueError, TypeError):
        return LinkProblem.BROKEN


def problem_of(
    link: CloseLink, job: Job, accounts: set[int] | None, now: datetime
) -> LinkProblem | None:
    """The reason why the link does nothing for a person of these accounts (None: not signed in)."""
    if accounts is not None and job.client_id not in accounts:
        return LinkProblem.OTHER_PERSON
    if job.status == JobStatus.CLOSED:
        return LinkProblem.CLOSED_ALREADY
    if job.status != JobStatus.OPEN:
        return LinkProblem.ENDED
    if now > link.written + LASTS:
        return LinkProblem.EXPIRED
    return LinkProblem.CHANGED if job.revision != link.revision else None


def job_of(link: CloseLink) -> Job | None:
    """The job that the link names."""
    return Job.objects.select_related("client").filter(public_id=link.job).first()
