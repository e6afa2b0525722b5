"""What a check is: a treatment, what is observed, a band, and a mutant without the mechanism.

The band is written before anything is played, from what was published, or, where no number is, from a
sign and a plausible range; the check's words say which. The direction must hold in 19 of 20 seeds. The
mutant takes the mechanism out of everyone's behaviour: a check that it passes, too, shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from connects.lab import arms
from connects.lab.behaviour.parameters import Behaviour
from connects.lab.kernel.state import Real
from connects.lab.measures import Played
from connects.lab.population.agents import population
from connects.lab.run import Arm, Mixed, Wanted, play_all
from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.wording.figures import signed

SEEDS = 20
MUTANT_SEEDS = 8
DIRECTION_SHARE = 0.95
"""19 of 20: in so many seeds the direction must hold."""
FREELANCERS = 1500
DAYS, WARM_UP = 100, 15
POPULATION = "upwork-2023"
KEPT_MOST = 16
"""Arms of 20 seeds that are kept: some 17 MB each."""


def paid_book() -> RuleBook:
    """The rule book that most checks change: paid Connects of 2019, without what is given for nothing."""
    return arms.without_grants(shipped("upwork-2019-05"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed, in words with numbers, and whether it lies in the band."""

    observed: str
    passed: bool


Playing = Callable[[Sequence[Wanted]], list[Played]]
"""Plays runs, in their order, by however many processes."""


@dataclass(slots=True)
class Arms:
    """Plays arms, each once a seed, and keeps the latest: many checks begin with the same market."""

    playing: Playing = play_all
    kept: dict[Any, list[Played]] = field(default_factory=dict)

    def play(self, key: Any, wanted: Sequence[Wanted]) -> list[Played]:
        """One run a seed, played or kept from another check."""
        found = self.kept.pop(key, None) or self.playing(wanted)
        self.kept[key] = found
        while len(self.kept) > KEPT_MOST:
            del self.kept[next(iter(self.kept))]
        return found


@dataclass(slots=True)
class Trial:
    """Plays arms for one check; `mutant` changes everyone's behaviour."""

    seeds: int = SEEDS
    mutant: dict[str, float] = field(default_factory=dict)
    freelancers: int = FREELANCERS
    arms: Arms = field(default_factory=Arms)

    def play(
        self,
        book: RuleBook,
        *,
        size: float = 1,
        days: int = DAYS,
        mixed: Mixed | None = None,
        **behaviour: float,
    ) -> list[Played]:
        """One run a seed."""
        people = population(POPULATION).sized(round(self.freelancers * size))
        arm = Arm("checked", book, Behaviour(**{**behaviour, **self.mutant}), mixed)
        wanted = [Wanted(arm, people, seed, days, WARM_UP) for seed in range(1, self.seeds + 1)]
        other = mixed and (mixed.book.model_dump_json(), mixed.share, mixed.by)
        people_and_days = (people.freelancers, days, self.seeds)
        key = (book.model_dump_json(), other, arm.behaviour.values(), people_and_days)
        return self.arms.play(key, wanted)

    def holds(self, values: Sequence[float] | Real) -> bool:
        """Whether nearly all seeds have a positive value."""
        found = np.asarray(values, dtype=float)
        return bool((found > 0).sum() >= np.floor(DIRECTION_SHARE * len(found)))


@dataclass(frozen=True, slots=True)
class Check:
    """One of the 21. `mutant` names the changes of behaviour that take its mechanism away."""

    number: int
    name: str
    band: str
    measure: Callable[[Trial], Seen]
    mutant: dict[str, float] | None = None
    freelancers: int = FREELANCERS


def each(runs: Sequence[Played], measure: str) -> Real:
    """A measure of each seed's run."""
    return np.array([run.measures()[measure] for run in runs])


def relative(now: Real, then: Real) -> Real:
    """By how much it changed from then to now, seed by seed, as a share."""
    found: Real = now / np.maximum(then, 1e-12) - 1
    return found


def percent(values: Real) -> str:
    """The mean over seeds, in percent with its sign."""
    return f"{signed(100 * float(np.mean(values)), 1)} %"


def error(values: Real) -> float:
    """The standard error of the mean over seeds."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values)))
