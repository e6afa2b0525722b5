"""Holding a provider's list of movements against ours.

Two lines belong together where they are of the same payment and kind: those of one amount first, and
the earlier with the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from connects.vocabulary.amounts import Cents, Money


class Problem(StrEnum):
    """What is wrong with a movement that both should have, and have alike."""

    NOT_HERE = "not-here"
    NOT_THERE = "not-there"
    AMOUNT_DIFFERS = "amount-differs"
    FEE_DIFFERS = "fee-differs"


@dataclass(frozen=True, slots=True)
class Line:
    """A movement, ours or theirs. `id` is the row's or the provider's; `fee` is None where not known."""

    id: str
    kind: str
    payment: str
    amount: Money
    fee: Cents | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference; `theirs` or `ours` is None if there is no such line."""

    problem: Problem
    theirs: Line | None
    ours: Line | None

    def words(self) -> str:
        """The difference in a sentence."""
        line = self.theirs or self.ours
        assert line is not None
        subject = f"{line.kind} of {line.payment or line.id}"
        match self.problem:
            case Problem.NOT_HERE:
                return f"{subject}: {line.amount} there at {line.at:%H:%M:%S}, nothing in our books"
            case Problem.NOT_THERE:
                return f"{subject}: {line.amount} in our books at {line.at:%H:%M:%S}, nothing there"
        assert self.theirs is not None
        assert self.ours is not None
        if self.problem is Problem.AMOUNT_DIFFERS:
            return f"{subject}: {self.theirs.amount} there, {self.ours.amount} in our books"
        currency = line.amount.currency
        there, here = Money(self.theirs.fee or 0, currency), Money(self.ours.fee or 0, currency)
        return f"{subject}: a fee of {there} there, of {here} in our books"


@dataclass(frozen=True, slots=True)
class Matched:
    """A pair; or a line that stands alone."""

    theirs: Line | None
    ours: Line | None


def matched(theirs: Iterable[Line], ours: Iterable[Line]) -> Iterator[Matched]:
    """Pair the lines of both lists; each line comes once."""
    waiting: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in sorted(ours, key=lambda line: line.at):
        waiting[line.payment, line.kind].append(line)
    for line in sorted(theirs, key=lambda line: line.at):
        same = waiting[line.payment, line.kind]
        alike = [place for place, each in enumerate(same) if each.amount == line.amount]
        yield Matched(line, same.pop(alike[0] if alike else 0) if same else None)
    for lines in waiting.values():
        for line in lines:
            yield Matched(None, line)


def differences(pairs: Iterable[Matched], day: date) -> Iterator[Difference]:
    """What is wrong with the lines of that day (UTC)."""
    for pair in pairs:
        line = pair.theirs or pair.ours
        if line is None or line.at.date() != day:
            continue
        if pair.ours is None:
            yield Difference(Problem.NOT_HERE, pair.theirs, None)
        elif pair.theirs is None:
            yield Difference(Problem.NOT_THERE, None, pair.ours)
        elif pair.theirs.amount != pair.ours.amount:
            yield Difference(Problem.AMOUNT_DIFFERS, pair.theirs, pair.ours)
        elif pair.ours.fee is not None and pair.theirs.fee != pair.ours.fee:
            yield Difference(Problem.FEE_DIFFERS, pair.theirs, pair.ours)
