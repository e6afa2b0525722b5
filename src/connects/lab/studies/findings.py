"""From runs to findings: means over seeds, and differences of arms over the same draws.

Two arms meet the same people, jobs and moods under one seed, so they are compared seed by seed: most of
what differs between seeds falls out of the difference. Intervals are Student's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from connects.lab.kernel.state import Real
from connects.lab.studies.planned import Planned
from connects.lab.studies.runs import digest
from connects.lab.studies.summary import Jobs, People, Summary
from connects.studies.market.results import (
    ArmFound,
    Difference,
    Estimate,
    Found,
    Group,
    JobGroup,
    Naive,
    Swept,
)

CONFIDENCE = 0.95


def estimate(values: Sequence[float] | Real) -> Estimate:
    """The mean of one value a seed, and where it lies with a chance of 95 %."""
    found = np.asarray(values, dtype=float)
    mean = float(found.mean())
    if len(found) < 2:
        return Estimate(mean=mean)
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(found) - 1)) * float(found.std(ddof=1))
    half /= len(found) ** 0.5
    return Estimate(mean=mean, low=mean - half, high=mean + half)


def difference(now: Sequence[float] | Real, then: Sequence[float] | Real) -> Difference:
    """What `now` adds to `then`, seed by seed."""
    after, before = np.asarray(now, dtype=float), np.asarray(then, dtype=float)
    added = after - before
    percent = estimate(100 * added / before) if (before > 0).all() else None
    return Difference(absolute=estimate(added), percent=percent, up=int((added > 0).sum()))


@dataclass(slots=True)
class _Arm:
    """An arm's runs, in the order of their seeds, beside those that it is compared with."""

    runs: list[Summary]
    base: list[Summary] = field(default_factory=list)

    def values(self, name: str, runs: list[Summary]) -> list[float] | None:
        """A measure of each run; None where one of them has none."""
        found = [run.measures.get(name) for run in runs]
        return (
            None if any(value is None for value in found) else [v for v in found if v is not None]
        )

    def measures(self, names: Sequence[str]) -> dict[str, Estimate]:
        found = {name: self.values(name, self.runs) for name in names}
        return {name: estimate(values) for name, values in found.items() if values is not None}

    def differences(self, names: Sequence[str]) -> dict[str, Difference]:
        found = {}
        for name in names:
            now, then = self.values(name, self.runs), self.values(name, self.base)
            if self.base and now is not None and then is not None:
                found[name] = difference(now, then)
        return found

    def groups(self) -> tuple[Group, ...]:
        found = []
        for place, one in enumerate(self.runs[0].people):
            now = [run.people[place] for run in self.runs]
            then = [run.people[place] for run in self.base]
            hires, dollars = _a_head(now, _hires), _a_head(now, _dollars)
            found.append(
                Group(
                    grouping=one.grouping,
                    name=one.name,
                    people=float(np.mean([each.people for each in now])),
                    proposals=estimate(_a_head(now, _proposals)),
                    hires=estimate(hires),
                    dollars=estimate(dollars),
                    hires_change=difference(hires, _a_head(then, _hires)) if then else None,
                    dollars_change=difference(dollars, _a_head(then, _dollars)) if then else None,
                )
            )
        return tuple(found)

    def jobs(self) -> tuple[JobGroup, ...]:
        found = []
        for place, one in enumerate(self.runs[0].jobs):
            now = [run.jobs[place] for run in self.runs]
            then = [run.jobs[place] for run in self.base]
            found.append(
                JobGroup(
                    name=one.name,
                    jobs=float(np.mean([each.jobs for each in now])),
                    fill=estimate(_fill(now)),
                    proposals=estimate([each.proposals / max(each.jobs, 1) for each in now]),
                    fill_change=difference(_fill(now), _fill(then)) if then else None,
                )
            )
        return tuple(found)

    def naive(self) -> Naive | None:
        """The second half of the accounts against the first, where an arm has two."""
        if not all(run.halves for run in self.runs):
            return None
        first, second = ([run.halves[half] for run in self.runs] for half in (0, 1))
        return Naive(
            hires=difference(_a_head(second, _hires), _a_head(first, _hires)),
            proposals=difference(_a_head(second, _proposals), _a_head(first, _proposals)),
            dollars=difference(_a_head(second, _dollars), _a_head(first, _dollars)),
        )


def _a_head(groups: Sequence[People], amount: Callable[[People], float]) -> list[float]:
    return [amount(each) / max(each.people, 1) for each in groups]


def _hires(group: People) -> float:
    return group.hires


def _proposals(group: People) -> float:
    return group.proposals


def _dollars(group: People) -> float:
    return group.cents / 100


def _fill(groups: Sequence[Jobs]) -> list[float]:
    return [each.hires / max(each.jobs, 1) for each in groups]


def found_of(plan: Planned, runs: Sequence[Summary], swept: Swept | None = None) -> Found:
    """What the study found, from its runs in their order."""
    study, count = plan.study, len(plan.arms)
    by_arm = {arm.name: list(runs[place::count]) for place, arm in enumerate(plan.arms)}
    arms = []
    for arm, rules in zip(plan.arms, plan.rules, strict=True):
        base = [] if arm.name == study.against else by_arm[study.against]
        each = _Arm(by_arm[arm.name], base)
        arms.append(
            ArmFound(
                name=arm.name,
                rules=rules,
                measures=each.measures(study.question.metrics),
                differences=each.differences(study.question.metrics),
                groups=each.groups(),
                jobs=each.jobs(),
                naive=each.naive(),
            )
        )
    hangs_on = "".join(digest(run) for run in plan.runs)
    return Found(
        title=study.title,
        population=plan.population.title,
        freelancers=plan.population.freelancers,
        clients=plan.population.clients,
        days=study.days,
        warm_up_days=study.warm_up_days,
        first_seed=study.first_seed,
        seeds=study.seeds,
        against=study.against,
        metrics=study.question.metrics,
        arms=tuple(arms),
        swept=swept,
        inputs=hashlib.sha256(hangs_on.encode()).hexdigest(),
    )
