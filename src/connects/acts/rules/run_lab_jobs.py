"""Run what the laboratory is asked, in a process of its own.

A study plays markets for minutes, and needs packages that neither the web server nor the worker loads.
So the worker starts a process for it, one at a time; that process notes how far it is and writes down
what it found. One that is heard of no more is started again: its finished runs are kept.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from connects.market.rollout.models import AHEAD, LabJob, LabJobState
from connects.wording.messages import mark

LOST_AFTER = timedelta(minutes=10)
TRIES_MOST = 3
LOST_WORDS = mark(
    "The process that worked on it ended without a word, most likely for want of memory."
    " Ask again; if that ends alike, give the worker more memory."
)


def start_process(public_id: str) -> None:
    """Work on a job beside the worker, which does not wait for it."""
    _STARTED[:] = [process for process in _STARTED if process.poll() is None]
    command = [sys.executable, "-m", "connects.cli", "lab", "job", public_id]
    _STARTED.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))  # noqa: S603 our own program


_STARTED: list[subprocess.Popen[bytes]] = []


def start_waiting(now: datetime, start: Callable[[str], None] = start_process) -> None:
    """Start the job that has waited longest, unless one is at work; give up what is lost too often."""
    job = _claimed(now)
    if job is not None:
        start(job.public_id)


@transaction.atomic
def _claimed(now: datetime) -> LabJob | None:
    """The job to start now, marked as running."""
    for job in LabJob.objects.select_for_update().filter(state__in=AHEAD).order_by("asked"):
        if job.state == LabJobState.RUNNING and job.heard and job.heard > now - LOST_AFTER:
            return None
        if job.tries >= TRIES_MOST:
            job.state, job.problem = LabJobState.FAILED, LOST_WORDS
            job.save(update_fields=["state", "problem"])
            continue
        job.state, job.heard, job.tries = LabJobState.RUNNING, now, job.tries + 1
        job.save(update_fields=["state", "heard", "tries"])
        return job
    return None


def note_progress(job: LabJob, finished: int, whole: int, now: datetime) -> None:
    """Note that the process is at work, and how far."""
    running = LabJob.objects.filter(pk=job.pk, state=LabJobState.RUNNING)
    running.update(finished=finished, whole=whole, heard=now)


def finish(job: LabJob, findings: dict[str, Any]) -> None:
    """Write down what came out."""
    rows = LabJob.objects.filter(pk=job.pk)
    rows.update(state=LabJobState.DONE, findings=findings, problem="", finished=F("whole"))


def fail(job: LabJob, problem: str) -> None:
    """Write down why nothing came out."""
    LabJob.objects.filter(pk=job.pk).update(state=LabJobState.FAILED, problem=problem[:2000])
