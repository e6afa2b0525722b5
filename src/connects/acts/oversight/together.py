"""Doing many things of a host's call together: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")


def done_together(act: Callable[[], T], failed: Callable[[T], bool]) -> T:
    """Do it in one transaction; what came of it is undone where it failed, and answered all the same."""
    with transaction.atomic():
        answer = act()
        if failed(answer):
            transaction.set_rollback(True)
        return answer
