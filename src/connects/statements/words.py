"""How words are made: the core speaks in codes with parameters, and this is where they become sentences.

Each kind of code has a table of its own beside this file: `refusal_words` and `problem_words`,
`history_words`, `price_words`, `payment_words`; those of notices are in `notices`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from connects.vocabulary.refusals import Parameters
from connects.wording import dates
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

K = TypeVar("K")

Words = Callable[[Parameters], str]
"""A sentence, made of what a code comes with."""


class Spoken(Mapping[K, str]):
    """Words by their codes, each in the language that is spoken when it is read."""

    def __init__(self, words: Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, code: K) -> str:
        return _(self._words[code])

    def __iter__(self) -> Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def instant_text(moment: object) -> str:
    """An instant, given in ISO 8601: `12 December 2026, 00:00 UTC`."""
    at = datetime.fromisoformat(str(moment))
    return _("{day}, {time} UTC", day=dates.day(at), time=dates.clock(at))


def day_text(moment: date) -> str:
    """A day: `12 December 2026`."""
    return dates.day(moment)


def some_connects(number: object) -> str:
    """A number of Connects, with its noun: `1 Connect`, `1,200 Connects`."""
    if not isinstance(number, int):
        return f"{number} Connects"
    return ngettext("{n} Connect", "{n} Connects", number)
