"""Jobs of a host: facts that are priced, under the host's own ids; how they end; who is invited."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.db import IntegrityError
from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.jobs.end import close
from connects.acts.jobs.expire_posts import expire
from connects.acts.jobs.publish import HostJob, edit, post
from connects.acts.jobs.take_down import remove_job
from connects.acts.jobs.tell_activity import tell_activity
from connects.acts.oversight.audited import audited, audited_once
from connects.api.accounts import past_problem
from connects.api.callers import Stopped
from connects.api.draft import (
    Budget,
    Category,
    Description,
    Duration,
    Rate,
    Title,
    Workload,
    problems_in,
)
from connects.api.job_documents import JobDocument, job_document
from connects.api.moments import Moment
from connects.api.named import (
    HostId,
    Named,
    checked_id,
    client_named,
    id_of,
    job_named,
)
from connects.api.outcomes import (
    Answer,
    Outcome,
    already_different,
    answered,
    done,
    require_revision,
    turn_of,
)
from connects.api.patterns import LINES, SKILL
from connects.api.problems import HOST_ANSWERS, invalid
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.jobs.fields import (
    DESCRIPTION_CHARACTERS,
    DURATIONS,
    TITLE_CHARACTERS,
    WORKLOADS,
    JobFields,
    as_asked,
)
from connects.market.jobs.models import CloseReason, Job, JobStatus
from connects.market.people.models import Account
from connects.vocabulary.facts import JobKind, Level
from connects.vocabulary.refusals import Refused
from connects.vocabulary.skills import SKILL_CHARACTERS, SKILLS_MOST

router = Router(tags=["jobs"])


SkillName = Annotated[str, Field(max_length=SKILL_CHARACTERS, pattern=SKILL)]


class JobBody(Schema):
    """Facts of a job. Texts may stay with the host; what is left out is what the client does not say."""

    model_config = ConfigDict(extra="forbid")

    client: Named
    kind: JobKind
    title: Title | None = None
    description: Description = ""
    description_characters: Annotated[
        int | None, Field(strict=True, ge=0, le=DESCRIPTION_CHARACTERS)
    ] = Field(None, description="How long the text is that stays with you.")
    category: Category = ""
    skills: Annotated[tuple[SkillName, ...], Field(max_length=SKILLS_MOST)] = ()
    budget_cents: Budget | None = None
    budget_open: bool = False
    hourly_min_cents: Rate | None = None
    hourly_max_cents: Rate | None = None
    duration: Duration | None = None
    hours_per_week: Workload | None = None
    level: Level | None = None
    posted_at: Moment | None = Field(
        None,
        description="Since when it is live at the host, not before 1995; it stays what was sent first.",
    )
    activity: bool = Field(
        False, description="The client has just done something about it: it is not silent."
    )

    def fields(self, name: str) -> JobFields:
        """The post as the acts are told it. One without a title is called by its id on pages."""
        said = JobFields(
            title=untitled(name) if self.title is None else self.title,
            description=self.description,
            kind=self.kind,
            budget_cents=self.budget_cents,
            budget_open=self.budget_open,
            hourly_min_cents=self.hourly_min_cents,
            hourly_max_cents=self.hourly_max_cents,
            duration=DURATIONS[self.duration] if self.duration else None,
            hours_per_week=WORKLOADS[self.hours_per_week] if self.hours_per_week else None,
            level=self.level,
            category=self.category,
            skills=self.skills,
            description_characters=None if self.description else self.description_characters,
        )
        problems = problems_in(said)
        if problems:
            raise Stopped(422, invalid(problems))
        return as_asked(said)


def untitled(name: str) -> str:
    """What a job without a title is called on pages."""
    return f"Job {name}"[:TITLE_CHARACTERS]


class EndHow(StrEnum):
    NOT_HIRING = "not_hiring"
    HIRED_ELSEWHERE = "hired_elsewhere"
    FILLED = "filled"
    REMOVED = "removed"
    EXPIRED = "expired"


class EndBody(Schema):
    model_config = ConfigDict(extra="forbid")

    how: EndHow
    reason: Annotated[str, Field(max_length=500, pattern=LINES)] = ""


@router.put(
    "/jobs/{id}",
    auth=ServerKey(Scope.SYNC),
    response={200: JobDocument, 201: JobDocument, **HOST_ANSWERS},
    operation_id="put_job",
    summary="Send a job, or what has changed of it",
)
def put_job(request: HostCall, response: HttpResponse, id: HostId, body: JobBody) -> Answer:  # noqa: A002
    """Publish a job and fix its price; or edit it: later proposals pay the new price."""
    return answered(response, job_put(request, id, body))


def job_put(request: HostCall, name: str, body: JobBody) -> Outcome:
    """What becomes of one job that a host sends."""
    checked_id(name)
    problems = past_problem("posted_at", body.posted_at, request.auth.now)
    if problems:
        raise Stopped(422, invalid(problems))
    fields = body.fields(name)
    client = client_named(body.client, "client")
    found = _existing(name)
    if found is not None:
        return _edited(request, found, client, fields, body)
    require_revision(request, None)
    try:
        job = done(
            audited(
                lambda: post(fields, client, host=HostJob(name, body.posted_at)),
                lambda made: request.auth.note("publish-job", f"job:{made.public_id}", id=name),
            )
        )
    except IntegrityError:
        # Another call with the same id was faster: then this is about what it made.
        return _edited(request, job_named(name), client, fields, body)
    return Outcome(201, job_document(job, request.auth.now))


def _existing(name: str) -> Job | None:
    try:
        return job_named(name)
    except Stopped as stopped:
        if stopped.problem.code == "job_unknown":
            return None
        raise


def _edited(
    request: HostCall, job: Job, client: Account, fields: JobFields, body: JobBody
) -> Outcome:
    if job.client_id != client.pk:
        raise already_different(["client"])
    require_revision(request, job.revision)
    before = job.revision

    def check(revision: int) -> None:
        nonlocal before
        before = revision
        require_revision(request, revision)

    def note(row: Job) -> None:
        if row.revision != before:
            request.auth.note("edit-job", f"job:{row.public_id}", id=id_of(row))

    if not _says_the_same(job, fields):
        job = done(audited(lambda: edit(job, fields, client, check), note))
    if body.activity:
        job = done(tell_activity(job, client))
    return Outcome(200, job_document(job, request.auth.now), replayed=job.revision == before)


def _says_the_same(job: Job, fields: JobFields) -> bool:
    return all(getattr(job, name) == value for name, value in fields.columns().items())


@router.get(
    "/jobs/{id}",
    auth=ServerKey(Scope.READ),
    response={200: JobDocument, **HOST_ANSWERS},
    operation_id="get_job",
    summary="A job, with its price",
)
def get_job(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """A job as it stands, with its price under its client's rule book."""
    return job_document(job_named(id), request.auth.now)


@router.post(
    "/jobs/{id}/end",
    auth=ServerKey(Scope.SYNC),
    response={200: JobDocument, **HOST_ANSWERS},
    operation_id="end_job",
    summary="Say that a job is over",
)
def end(request: HostCall, response: HttpResponse, id: HostId, body: EndBody) -> Answer:  # noqa: A002
    """End a job; what its proposals get back is what their rule books say. Twice alike is once."""

    def found() -> Outcome | None:
        job = job_named(id)
        if _how(job) == body.how.value:
            return Outcome(200, job_document(job, request.auth.now), replayed=True)
        if job.status != JobStatus.OPEN and body.how is not EndHow.REMOVED:
            raise already_different(["how"])
        return None

    answer = done(
        audited_once(
            turn_of("job", id),
            found,
            lambda: _end(job_named(id), body),
            lambda row: request.auth.note(
                "end-job", f"job:{row.public_id}", id=id, how=body.how.value
            ),
        )
    )
    if isinstance(answer, Outcome):
        return answered(response, answer)
    return answered(response, Outcome(200, job_document(answer, request.auth.now)))


def _end(job: Job, body: EndBody) -> Job | Refused:
    if body.how is EndHow.REMOVED:
        return remove_job(job, None, body.reason)
    if body.how is EndHow.EXPIRED:
        return expire(job)
    return close(job, job.client, CloseReason(body.how.value))


def _how(job: Job) -> str:
    """How a job ended, in the words of the request; "" while it is open."""
    if job.status == JobStatus.OPEN:
        return ""
    return job.close_reason if job.status == JobStatus.CLOSED else job.status
