"""One run in numbers that can be stored: its measures, and what parts of its people and jobs came to."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import numpy as np
from pydantic import BaseModel, ConfigDict

from connects.lab.kernel import state as st
from connects.lab.measures import Played
from connects.lab.population.agents import Population
from connects.lab.studies.moments import moments

Chosen = np.ndarray[tuple[int], np.dtype[np.bool_]]

THIRDS = ("least", "middle", "most")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class People(_Part):
    """Sums over a part of the freelancers; money in cents."""

    grouping: str
    name: str
    people: int
    proposals: int
    hires: int
    cents: int


class Jobs(_Part):
    """Sums over a part of the jobs."""

    name: str
    jobs: int
    hires: int
    proposals: int


class Summary(_Part):
    """One run. `halves` are the two halves of the accounts where an arm has two rule books by account."""

    seed: int
    measures: dict[str, float | None]
    moments: dict[str, float]
    people: tuple[People, ...]
    jobs: tuple[Jobs, ...]
    halves: tuple[People, ...] = ()


def summary(played: Played, population: Population) -> Summary:
    """What is kept of a run."""
    group = played.traits[:, st.GROUP]
    halves = [_people(played, "half", str(half), group == half) for half in (0, 1)]
    measures = played.measures()
    return Summary(
        seed=played.seed,
        # Where nothing was posted or proposed, a mean of it is nothing, too.
        measures={name: value if isfinite(value) else None for name, value in measures.items()},
        moments=moments(played, population),
        people=tuple(_people(played, *each) for each in _groups(played)),
        jobs=tuple(_jobs(played)),
        halves=tuple(halves) if group.any() else (),
    )


def _groups(played: Played) -> Iterator[tuple[str, str, Chosen]]:
    skill = played.skill_terciles()
    for number, name in enumerate(THIRDS):
        yield "skill", f"{name} skilled third", skill == number
    yield "time here", "newcomers", played.newcomers
    yield "time here", "there before", ~played.newcomers
    plan = played.traits[:, st.PLAN_HELD] > 0
    yield "plan", "on a paid plan at first", plan
    yield "plan", "on the free plan at first", ~plan
    agency = played.traits[:, st.ACCOUNT_KIND] > 0
    yield "account", "agencies", agency
    yield "account", "freelancers", ~agency
    for number, name in enumerate(played.countries):
        yield "country", name, played.traits[:, st.COUNTRY] == number


def _people(played: Played, grouping: str, name: str, chosen: Chosen) -> People:
    tally = played.tally[chosen]
    sums = {
        key: int(tally[:, column].sum())
        for key, column in (
            ("proposals", st.A_PROPOSALS),
            ("hires", st.A_HIRES),
            ("cents", st.A_CENTS),
        )
    }
    return People(grouping=grouping, name=name, people=len(tally), **sums)


def _jobs(played: Played) -> Iterator[Jobs]:
    value = played.value_terciles()
    for number, name in enumerate(THIRDS):
        posts = played.posts[value == number]
        yield Jobs(
            name=f"{name} valuable third",
            jobs=len(posts),
            hires=int((posts[:, st.P_OUTCOME] == st.HIRED).sum()),
            proposals=int(posts[:, st.P_COUNT].sum()),
        )
