"""The cohorts of a rollout as steps, one after another, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.market.rollout.progress import CohortProgress, cohort_states


@dataclass(frozen=True, slots=True)
class Step:
    """A cohort with where it stands, for the line of steps and the table below it."""

    progress: CohortProgress
    state: str

    @property
    def is_done(self) -> bool:
        return self.state in ("done", "open", "nobody")

    @property
    def badge(self) -> str:
        """The word of its badge."""
        return {"nobody": "over"}.get(self.state, self.state)


def steps_of(progress: Sequence[CohortProgress], now: datetime) -> list[Step]:
    """The steps of a rollout, by what its cohorts have reached."""
    return [Step(*pair) for pair in zip(progress, cohort_states(progress, now), strict=True)]
