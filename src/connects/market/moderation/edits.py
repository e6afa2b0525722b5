"""What a job said before each of its edits, and after."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobRevision
from connects.statements.text_changes import Piece, text_changes
from connects.vocabulary.facts import JobFacts

EDITS_MOST = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A job as it once was: its texts, and what it offered and asked for."""

    job: Job
    facts: JobFacts


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a job. `text` is the description word by word, empty where it stayed."""

    number: int
    made: datetime
    then: Version
    now: Version
    text: tuple[Piece, ...]


def edits_of(job: Job) -> tuple[Edit, ...]:
    """The last edits, newest first; how the job was posted is none."""
    newest = JobRevision.objects.filter(job=job).order_by("-number")[: EDITS_MOST + 1]
    return tuple(_edit(job, before, after) for after, before in pairwise(newest))


def _edit(job: Job, before: JobRevision, after: JobRevision) -> Edit:
    then, now = _version(job, before), _version(job, after)
    texts = then.job.description, now.job.description
    text = () if texts[0] == texts[1] else text_changes(*texts)
    return Edit(after.number, after.made, then, now, text)


def _version(job: Job, revision: JobRevision) -> Version:
    once = copy(job)
    for name, value in revision.fields.items():
        setattr(once, name, value)
    return Version(once, facts_of(once))
