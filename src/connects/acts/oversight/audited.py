"""Doing what a host's program asks, with its line in the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from connects.vocabulary.refusals import Refused

T = TypeVar("T")


def audited(act: Callable[[], T | Refused], note: Callable[[T], None]) -> T | Refused:
    """Do the act and note it, in one transaction; what is refused is undone, and leaves no line."""
    with transaction.atomic():
        answer = act()
        if isinstance(answer, Refused):
            transaction.set_rollback(True)
        else:
            note(answer)
        return answer
