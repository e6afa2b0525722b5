"""Doing what a host's program asks, with its line in the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from connects.acts.oversight.turns import take_turns
from connects.vocabulary.refusals import Refused

T = TypeVar("T")
Found = TypeVar("Found")


def audited(act: Callable[[], T | Refused], note: Callable[[T], None]) -> T | Refused:
    """Do the act and note it, in one transaction; what is refused is undone, and leaves no line."""
    with transaction.atomic():
        return _noted(act, note)


def audited_once(
    name: str,
    found: Callable[[], Found | None],
    act: Callable[[], T | Refused],
    note: Callable[[T], None],
) -> Found | T | Refused:
    """The same, unless something is found that was done under this name; one caller at a time."""
    with transaction.atomic():
        take_turns(name)
        earlier = found()
        if earlier is not None:
            return earlier
        return _noted(act, note)


def _noted(act: Callable[[], T | Refused], note: Callable[[T], None]) -> T | Refused:
    answer = act()
    if isinstance(answer, Refused):
        transaction.set_rollback(True)
    else:
        note(answer)
    return answer
