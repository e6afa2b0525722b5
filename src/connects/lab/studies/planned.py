"""A study made ready: its rule books found and changed, its people drawn up, its size known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connects.lab.behaviour.parameters import Behaviour, ParameterProblem
from connects.lab.kernel.clauses import NotSimulated
from connects.lab.population.agents import Population, PopulationProblem, find_population
from connects.lab.run import Arm, Mixed, Wanted, prepared
from connects.lab.studies.change import changed_book
from connects.lab.studies.study import Study, StudyArm, StudyProblems
from connects.policy.parse import Problem, RuleBookProblems
from connects.policy.shelf import RuleBookUnknown, is_shipped, shipped_text
from connects.policy.terms import RuleBook
from connects.vocabulary.documents import Unreadable, document_text
from connects.vocabulary.toml_lines import line_of


@dataclass(frozen=True, slots=True)
class Planned:
    """What will be played: each arm once a seed over the same people."""

    study: Study
    arms: tuple[Arm, ...]
    population: Population
    rules: tuple[str, ...]

    @property
    def seeds(self) -> range:
        return range(self.study.first_seed, self.study.first_seed + self.study.seeds)

    @property
    def runs(self) -> list[Wanted]:
        """All runs, seed by seed, so that an early stop leaves whole seeds."""
        return [
            Wanted(arm, self.population, seed, self.study.days, self.study.warm_up_days)
            for seed in self.seeds
            for arm in self.arms
        ]


@dataclass(slots=True)
class _Reading:
    """Finds what a study names, and gathers all that is wrong with it."""

    study: Study
    origin: str
    folder: Path
    text: str
    problems: list[Problem]

    def problem(self, path: tuple[int | str, ...], expected: str, found: str) -> None:
        shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        line = line_of(self.text, path)
        self.problems.append(Problem(self.origin, shown.removeprefix("."), expected, found, line))

    def population(self) -> Population | None:
        try:
            found = find_population(self.study.population, self.folder)
        except PopulationProblem as error:
            self.problem(("population",), "", str(error))
            return None
        freelancers = self.study.freelancers
        return found if freelancers is None else found.sized(freelancers)

    def arm(self, number: int, arm: StudyArm) -> Arm | None:
        place = ("arm", number)
        book = self.book((*place, "policy"), arm.policy, (*place, "change"), arm.change)
        behaviour = self.behaviour((*place, "behaviour"), {**self.study.behaviour, **arm.behaviour})
        mixed, other = None, None
        if arm.mixed is not None:
            inside = (*place, "mixed")
            change = (*inside, "change")
            named = arm.mixed.policy or arm.policy
            other = self.book((*inside, "policy"), named, change, arm.mixed.change)
            if other is not None:
                mixed = Mixed(other, arm.mixed.share, arm.mixed.by)
        if book is None or behaviour is None or (arm.mixed and other is None):
            return None
        return Arm(arm.name, book, behaviour, mixed)

    def behaviour(
        self, place: tuple[int | str, ...], changes: Mapping[str, Any]
    ) -> Behaviour | None:
        try:
            return Behaviour(**changes)
        except ParameterProblem as error:
            for line in str(error).splitlines():
                name, _, rest = line.partition(": ")
                at = place if name not in self.study.behaviour else ("behaviour",)
                expected, _, found = rest.removeprefix("expected ").partition(", found ")
                self.problem((*at, name), expected, found)
            return None

    def book(
        self,
        place: tuple[int | str, ...],
        name: str,
        change_place: tuple[int | str, ...],
        change: Mapping[str, Any],
    ) -> RuleBook | None:
        try:
            text = self.book_text(name)
        except (RuleBookUnknown, Unreadable) as error:
            self.problem(place, "", str(error))
            return None
        try:
            return changed_book(text, name, change)
        except RuleBookProblems as error:
            for each in error.problems:
                path = (*change_place, *each.path.split("."))
                self.problem(path if change else place, each.expected, each.found)
            return None

    def book_text(self, name: str) -> str:
        """The text of one that ships, or of a file beside the study."""
        if is_shipped(name):
            return shipped_text(name)
        path = self.folder / name
        if not name.endswith(".toml"):
            raise RuleBookUnknown(name[:100])
        return document_text(path)


def planned(study: Study, origin: str, folder: Path, text: str = "") -> Planned:
    """The study made ready. Raises StudyProblems with all that is wrong, before anything is played."""
    reading = _Reading(study, origin, folder, text, [])
    people = reading.population()
    arms = [reading.arm(number, arm) for number, arm in enumerate(study.arm)]
    ready = [arm for arm in arms if arm is not None]
    if people is not None:
        for number, each in enumerate(arms):
            if each is not None:
                _check_simulated(reading, number, each, people)
    if reading.problems or people is None:
        # A rule book that several arms share is told once.
        raise StudyProblems(tuple(dict.fromkeys(reading.problems)))
    rules = tuple(_words(arm, said) for arm, said in zip(ready, study.arm, strict=True))
    return Planned(study, tuple(ready), people, rules)


def _check_simulated(reading: _Reading, number: int, arm: Arm, people: Population) -> None:
    try:
        prepared(arm, people, reading.study.days)
    except NotSimulated as error:
        place = ("arm", number, "policy")
        reading.problem(place, "", str(error))


def _words(arm: Arm, said: StudyArm) -> str:
    """An arm's rules in a line."""
    words = f"{arm.book.title} ({arm.book.label}{_changes(said.change)})"
    if arm.mixed is not None and said.mixed is not None:
        whom = "accounts" if arm.mixed.by == "account" else "jobs"
        other = f"{arm.mixed.book.label}{_changes(said.mixed.change)}"
        words += f"; for {100 * arm.mixed.share:g} % of the {whom}: {other}"
    return words + _changes(said.behaviour)


def _changes(change: Mapping[str, Any]) -> str:
    found = list(_flat(change))
    return f", {', '.join(found)}" if found else ""


def _flat(change: Mapping[str, Any], before: str = "") -> list[str]:
    found = []
    for key, value in change.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append(f"{before}{key} = {value}"[:100])
    return found
