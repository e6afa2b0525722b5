"""What the laboratory was asked about a rollout."""

from __future__ import annotations

from connects.market.rollout.models import (
    LabJob,
    LabJobKind,
    LabJobState,
    Rollout,
)


def latest_lab_jobs(rollout: Rollout) -> dict[str, LabJob]:
    """What the laboratory was asked last about it, of each kind, with one query.

    What was found is read when it is asked for.
    """
    rows = rollout.lab_jobs.defer("findings").order_by("asked", "pk")
    return {job.kind: job for job in rows}


def answered_lab_job(rollout: Rollout, kind: LabJobKind) -> LabJob | None:
    """The latest question of that kind to which there are findings."""
    done = rollout.lab_jobs.filter(kind=kind, state=LabJobState.DONE)
    return done.order_by("-asked", "-pk").first()


def running_lab_job(public_id: str) -> LabJob | None:
    """The job that a process was started for, with its rollout's rule books."""
    rows = LabJob.objects.select_related("rollout__before", "rollout__after")
    return rows.filter(public_id=public_id, state=LabJobState.RUNNING).first()
