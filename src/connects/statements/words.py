"""How words are made: the core speaks in codes with parameters, and this is where they become English.

Each kind of code has a table of its own beside this file: `refusal_words` and `problem_words`,
`history_words`, `price_words`, `payment_words`; those of notices are in `notices`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from connects.vocabulary.refusals import Parameters

Words = Callable[[Parameters], str]
"""A sentence, made of what a code comes with."""


def instant_text(moment: object) -> str:
    """An instant, given in ISO 8601: `12 December 2026, 00:00 UTC`."""
    return f"{datetime.fromisoformat(str(moment)):%-d %B %Y, %H:%M} UTC"


def day_text(moment: date) -> str:
    """A day: `12 December 2026`."""
    return f"{moment:%-d %B %Y}"


def some_connects(number: object) -> str:
    """A number of Connects, with its noun: `1 Connect`, `1,200 Connects`."""
    said = f"{number:,}" if isinstance(number, int) else str(number)
    return f"{said} Connect{'' if number == 1 else 's'}"
