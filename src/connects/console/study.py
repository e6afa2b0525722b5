"""What the laboratory says of a rollout, for its page; no market is played here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpResponse

from connects.market.rollout.lab_jobs import answered_lab_job
from connects.market.rollout.models import LabJob, LabJobKind, Rollout
from connects.studies.market import words
from connects.studies.market.measures import MEASURES
from connects.studies.market.report import report
from connects.studies.market.results import Found
from connects.wording.figures import kept_together
from connects.wording.languages import SOURCE, speaking


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: under the rules as they are, under the new ones, and the change."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """The latest study of a rollout. `rows` and `played` are empty until it is done."""

    job: LabJob
    played: str
    rows: tuple[Row, ...]


def shown_study(job: LabJob | None) -> ShownStudy | None:
    """The latest study of a rollout, if one was asked for."""
    if job is None:
        return None
    if job.findings is None:
        return ShownStudy(job, "", ())
    found = Found.model_validate(job.findings)
    return ShownStudy(job, words.played(found), tuple(_rows(found)))


def _rows(found: Found) -> list[Row]:
    before, after = found.arms[0], found.arms[1]
    return [
        Row(
            MEASURES[metric].words,
            kept_together(words.with_interval(metric, before.measures.get(metric))),
            kept_together(words.with_interval(metric, after.measures.get(metric))),
            kept_together(words.change_of(metric, after.differences.get(metric))),
        )
        for metric in found.metrics
    ]


def study_file(rollout: Rollout, ending: str) -> HttpResponse | None:
    """The findings as a file to keep: `html` or `json`; None where there are none."""
    job = answered_lab_job(rollout, LabJobKind.STUDY)
    if job is None or ending not in ("html", "json"):
        return None
    if ending == "html":
        with speaking(SOURCE):  # as the whole report does
            text = report(Found.model_validate(job.findings))
        kind = "text/html; charset=utf-8"
    else:
        text, kind = json.dumps(job.findings, indent=2), "application/json"
    file = HttpResponse(text, content_type=kind)
    name = f"study-{rollout.public_id}.{ending}"
    file["Content-Disposition"] = f'attachment; filename="{name}"'
    return file
