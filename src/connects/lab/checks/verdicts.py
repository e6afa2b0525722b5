"""All checks, played: what each observed, and whether its mutant fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from connects.lab.checks import auction, lists, people, prices
from connects.lab.checks.trial import MUTANT_SEEDS, SEEDS, Arms, Check, Playing, Trial
from connects.lab.run import Wanted, play_all, pool_of

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
    """The verdicts in the order of their numbers, each as soon as it is there.

    The seeds of an arm are played at once, and the arms that several checks begin with only once.
    """
    asked = [check for check in CHECKS if not only or check.number in only]
    if processes <= 1:
        yield from _all_judged(asked, seeds, play_all)
        return
    with pool_of(processes) as pool:
        yield from _all_judged(asked, seeds, lambda wanted: list(pool.map(Wanted.play, wanted)))


def _all_judged(asked: Sequence[Check], seeds: int, playing: Playing) -> Iterator[Verdict]:
    shared = Arms(playing)
    for check in asked:
        seen = check.measure(Trial(seeds, {}, check.freelancers, shared))
        fails = None
        if check.mutant is not None:
            few = min(seeds, MUTANT_SEEDS)
            mutant = Trial(few, check.mutant, check.freelancers, Arms(playing))
            fails = not check.measure(mutant).passed
        yield Verdict(check.number, check.name, seen.observed, check.band, seen.passed, fails)
