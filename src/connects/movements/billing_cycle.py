"""Billing cycles: a month each, anchored on a day, clamped to the month's last one."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.vocabulary.moments import add_months


def cycle_end(anchor: datetime, start: datetime) -> datetime:
    """When the cycle that began at `start` ends: a month later, on the anchor's day (docs/rules.md 3.4).

    A month without that day ends on its last one; the month after is on the anchor's day again.
    """
    return add_months(start, 1, anchor.day)


def days_left(start: datetime, end: datetime, now: datetime) -> tuple[int, int]:
    """How many days of the cycle are left, the present one with them, and how many it has."""
    whole = (end - start).days
    left = -((now - end) // timedelta(days=1))
    return min(max(left, 0), whole), whole
