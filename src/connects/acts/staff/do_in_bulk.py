"""Doing one act to several things: tried first without doing it, then done one after another.

Each thing stands for itself: where one is refused, the others are done all the same, and each has its
own line in the activity log. Who wants all or nothing, as with a table of grants, does not come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

from connects.vocabulary.refusals import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A thing, and what the act answered for it."""

    item: T
    answer: object

    @property
    def is_done(self) -> bool:
        return not isinstance(self.answer, Refused)


def try_each(items: Sequence[T], act: Callable[[T], object]) -> list[Outcome[T]]:
    """What the act would answer for each, one after another; nothing of it stays."""
    with transaction.atomic():
        outcomes = [_done(item, act) for item in items]
        transaction.set_rollback(True)
    return outcomes


def do_each(items: Sequence[T], act: Callable[[T], object]) -> list[Outcome[T]]:
    """Do the act to each, in a transaction of its own."""
    return [_done(item, act) for item in items]


def _done(item: T, act: Callable[[T], object]) -> Outcome[T]:
    with transaction.atomic():
        answer = act(item)
        if isinstance(answer, Refused):
            transaction.set_rollback(True)
    return Outcome(item, answer)
