"""What staff ask the laboratory is worked on by one process at a time, and never twice at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connects.acts.rules.ask_lab import ask_lab
from connects.acts.rules.plan_rollout import CohortPlan, RolloutPlan, discard, draft
from connects.acts.rules.run_lab_jobs import (
    LOST_AFTER,
    LOST_WORDS,
    TRIES_MOST,
    fail,
    finish,
    note_progress,
    start_waiting,
)
from connects.bootstrap.clock import held_at
from connects.market.rollout.models import CohortKind, LabJob, LabJobKind, LabJobState, Rollout
from connects.vocabulary.moments import add_months
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def rollout(here: Town) -> Rollout:
    cohort = CohortPlan(kind=CohortKind.REST, effective=add_months(NOON, 1))
    plan = RolloutPlan(before="upwork-2019-05", after="fair-2026", notice_days=7, cohorts=(cohort,))
    made = draft(plan, here.operator)
    assert isinstance(made, Rollout)
    return made


def asked(rollout: Rollout, here: Town) -> LabJob:
    job = ask_lab(rollout, LabJobKind.STUDY, here.operator)
    assert isinstance(job, LabJob)
    return job


def started(after: timedelta = timedelta()) -> list[str]:
    found: list[str] = []
    start_waiting(NOON + after, found.append)
    return found


def test_a_question_is_asked_once_and_started_once(here: Town, rollout: Rollout) -> None:
    job = asked(rollout, here)

    assert asked(rollout, here) == job
    assert started() == [job.public_id]
    assert started() == []

    note_progress(job, 3, 20, NOON + LOST_AFTER)
    assert started(LOST_AFTER + timedelta(minutes=1)) == []

    finish(job, {"title": "found"})
    job.refresh_from_db()
    assert (job.state, job.finished, job.findings) == (LabJobState.DONE, 20, {"title": "found"})
    assert started(LOST_AFTER) == []
    assert asked(rollout, here) != job


def test_a_lost_process_is_started_again_but_not_for_ever(here: Town, rollout: Rollout) -> None:
    job = asked(rollout, here)

    tries = [started(number * (LOST_AFTER + timedelta(seconds=1))) for number in range(5)]

    assert tries == [[job.public_id]] * TRIES_MOST + [[], []]
    job.refresh_from_db()
    assert (job.state, job.problem) == (LabJobState.FAILED, LOST_WORDS)


def test_who_may_not_run_rollouts_asks_nothing(here: Town, rollout: Rollout) -> None:
    assert isinstance(ask_lab(rollout, LabJobKind.STUDY, here.user_of(here.client)), Refused)
    assert not LabJob.objects.exists()


def test_a_draft_that_is_discarded_takes_its_questions_along(here: Town, rollout: Rollout) -> None:
    job = asked(rollout, here)
    started()

    assert not isinstance(discard(rollout, here.operator), Refused)

    finish(job, {})
    fail(job, "gone")
    assert not LabJob.objects.exists()
