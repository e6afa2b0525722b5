"""The cohort of an account: the first one that fits, the same whenever it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from connects.market.rollout.models import Cohort, CohortKind
from connects.vocabulary.countries import country_codes
from connects.vocabulary.typed_input import whole_number

_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account as cohorts see it."""

    id: int
    handle: str
    country: str
    plan: str


def share_position(rollout: str, account: int) -> int:
    """The account's position in this rollout, from 0 to 9,999: a hash, so it never changes.

    Each rollout shuffles again, so that it is not always the same people who go first.
    """
    digest = hashlib.sha256(f"{rollout}:{account}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _PARTS


@dataclass(frozen=True, slots=True)
class _Rule:
    cohort: Cohort
    kind: str
    words: frozenset[str]
    places: range


class Assignment:
    """The cohorts of one rollout, ready to be asked."""

    def __init__(self, rollout: str, cohorts: Sequence[Cohort]) -> None:
        self.rollout = rollout
        self.rules: list[_Rule] = []
        taken = 0
        for cohort in cohorts:
            places = range(0)
            if cohort.kind == CohortKind.SHARE:
                end = min(taken + share_of(cohort.value), _PARTS)
                places, taken = range(taken, end), end
            self.rules.append(_Rule(cohort, cohort.kind, _words(cohort), places))

    def cohort_of(self, candidate: Candidate) -> Cohort | None:
        """The first cohort that the account fits into; None: this rollout leaves it where it is."""
        place = share_position(self.rollout, candidate.id)
        for rule in self.rules:
            if _fits(rule, candidate, place):
                return rule.cohort
        return None


def share_of(percent: str) -> int:
    """How many of the 10,000 places a percentage such as `12.5` takes. Raises ValueError."""
    whole, _, part = percent.partition(".")
    units, hundredths = whole_number(whole), whole_number(part.ljust(2, "0"), most=99)
    if units is None or hundredths is None:
        raise ValueError(f"{percent!r} is not a percentage such as 12.5")
    places = units * 100 + hundredths
    if not 0 < places <= _PARTS:
        raise ValueError(f"{percent!r} is not between 0.01 and 100 percent")
    return places


def _words(cohort: Cohort) -> frozenset[str]:
    match cohort.kind:
        case CohortKind.COUNTRY:
            return frozenset(code for code in country_codes(cohort.value) if code)
        case CohortKind.PLAN:
            return frozenset([cohort.value])
        case CohortKind.ACCOUNTS:
            return frozenset(cohort.accounts)
        case _:
            return frozenset()


def _fits(rule: _Rule, candidate: Candidate, place: int) -> bool:
    match rule.kind:
        case CohortKind.SHARE:
            return place in rule.places
        case CohortKind.COUNTRY:
            return candidate.country in rule.words
        case CohortKind.PLAN:
            return candidate.plan in rule.words
        case CohortKind.ACCOUNTS:
            return candidate.handle in rule.words
        case CohortKind.REST:
            return True
        case _:
            return False
