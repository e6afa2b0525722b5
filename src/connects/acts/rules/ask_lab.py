"""Ask the laboratory about a rollout."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.rollout.models import AHEAD, LabJob, LabJobKind, LabPeople, Rollout
from connects.vocabulary.refusals import Refused

STUDY_SEEDS = 10


def ask_lab(
    rollout: Rollout,
    kind: LabJobKind,
    staff: User | None,
    people: LabPeople = LabPeople.OWN,
) -> LabJob | Refused:
    """Ask the laboratory; while an earlier question is open, that one is the answer.

    `people` are those who live in the market of a study.

    Refused with `not_allowed`.
    """
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    now = clock_now()
    try:
        with transaction.atomic():
            job = LabJob.objects.create(rollout=rollout, kind=kind, people=people, asked=now)
            note_act(staff, f"ask-for-{kind}", f"rollout:{rollout.public_id}", "", now)
            return job
    except IntegrityError:  # somebody asked already
        return LabJob.objects.get(rollout=rollout, kind=kind, state__in=AHEAD)
