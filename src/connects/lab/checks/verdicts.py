"""All checks, played: what each observed, and whether its mutant fails."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from connects.lab.checks import auction, lists, people, prices
from connects.lab.checks.trial import MUTANT_SEEDS, SEEDS, Check, Trial

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (*prices.CHECKS, *lists.CHECKS, *people.CHECKS, *auction.CHECKS),
        key=lambda check: check.number,
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one check. `mutant_fails` is None where it has no mutant."""

    number: int
    name: str
    observed: str
    band: str
    passed: bool
    mutant_fails: bool | None

    @property
    def holds(self) -> bool:
        """Whether it is in its band, and shows something."""
        return self.passed and self.mutant_fails is not False

    def as_json(self) -> dict[str, object]:
        """As programs read it."""
        return {
            "number": self.number,
            "name": self.name,
            "observed": self.observed,
            "band": self.band,
            "pass": self.passed,
            "mutant_fails": self.mutant_fails,
        }


def verdicts(seeds: int = SEEDS, processes: int = 1, only: Sequence[int] = ()) -> Iterator[Verdict]:
    """The verdicts in the order of their numbers, each as soon as those before it are there."""
    numbers = [check.number for check in CHECKS if not only or check.number in only]
    asked = [(number, seeds) for number in numbers]
    if processes <= 1 or len(asked) <= 1:
        yield from map(_judged, asked)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(asked)), mp_context=context) as pool:
        yield from pool.map(_judged, asked)


def _judged(asked: tuple[int, int]) -> Verdict:
    number, seeds = asked
    check = next(check for check in CHECKS if check.number == number)
    seen = check.measure(Trial(seeds=seeds, freelancers=check.freelancers))
    fails = None
    if check.mutant is not None:
        few = min(seeds, MUTANT_SEEDS)
        mutant = Trial(seeds=few, mutant=check.mutant, freelancers=check.freelancers)
        fails = not check.measure(mutant).passed
    return Verdict(number, check.name, seen.observed, check.band, seen.passed, fails)
