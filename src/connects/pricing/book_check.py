"""Checking a rule book's text whole: all that is wrong with it, and whether more ever costs less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from connects.policy.parse import RuleBookProblems
from connects.policy.terms import RuleBook
from connects.pricing.monotone import Break, first_break


@dataclass(frozen=True, slots=True)
class BookCheck:
    """What became of a check: the rule book or its problems, and the first pair that breaks the order."""

    book: RuleBook | None
    problems: tuple[str, ...] = ()
    falls: Break | None = None

    @property
    def is_whole(self) -> bool:
        return self.book is not None and self.falls is None


def check_book(read: Callable[[], RuleBook], *, monotone: bool) -> BookCheck:
    """Check what `read` reads; `monotone` also tries that more money never costs less: some seconds."""
    try:
        book = read()
    except RuleBookProblems as error:
        return BookCheck(None, tuple(map(str, error.problems)))
    return BookCheck(book, falls=first_break(book) if monotone else None)
