"""How far rollouts have got, for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from connects.market.rollout.models import (
    Cohort,
    CohortKind,
    Move,
    MoveState,
    Rollout,
    RolloutState,
)


@dataclass(frozen=True, slots=True)
class CohortProgress:
    """How far a cohort has got: how many accounts are in which state."""

    cohort: Cohort
    planned: int
    told: int
    moved: int
    back: int

    @property
    def accounts(self) -> int:
        return self.planned + self.told + self.moved + self.back

    @property
    def ahead(self) -> int:
        """How many are still to move."""
        return self.planned + self.told


def progress_of(rollout: Rollout) -> tuple[CohortProgress, ...]:
    """The progress of every cohort, with one query for all."""
    counts = {
        (cohort, state): number
        for cohort, state, number in Move.objects.filter(rollout=rollout)
        .values_list("cohort_id", "state")
        .annotate(number=Count("id"))
    }
    return tuple(
        CohortProgress(
            cohort=cohort,
            planned=counts.get((cohort.pk, MoveState.PLANNED.value), 0),
            told=counts.get((cohort.pk, MoveState.TOLD.value), 0),
            moved=counts.get((cohort.pk, MoveState.MOVED.value), 0),
            back=counts.get((cohort.pk, MoveState.CANCELLED.value), 0)
            + counts.get((cohort.pk, MoveState.ROLLED_BACK.value), 0),
        )
        for cohort in rollout.cohorts.order_by("number")
    )


def cohort_states(progress: Sequence[CohortProgress], now: datetime) -> list[str]:
    """Where each cohort stands, in a word: the first of those ahead is the next one."""
    found: list[str] = []
    for each in progress:
        if each.ahead:
            later = "told" if each.told else "planned"
            found.append(later if "next" in found else "next")
        elif each.moved:
            found.append("done")
        elif each.back:
            found.append("called off")
        else:
            found.append(_state_of_nobody(each.cohort, now))
    return found


def _state_of_nobody(cohort: Cohort, now: datetime) -> str:
    """Newcomers join their cohort when they register; any other cohort of nobody is empty."""
    if cohort.effective > now:
        return "planned"
    return "open" if cohort.kind == CohortKind.NEW else "nobody"


def state_words(rollout: Rollout, progress: Sequence[CohortProgress]) -> str:
    """The rollout's state for people; complete once nobody is left to move."""
    pending = any(each.ahead for each in progress)
    if rollout.state == RolloutState.SCHEDULED and not pending:
        return "complete"
    return rollout.get_state_display().lower()
