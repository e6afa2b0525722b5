"""Instants, spans and the calendar's awkward days.

Every time in Connects is an aware instant in UTC. The hard cases are the days that not every month
or year has: a lot that was issued on 29 February expires on 28 February, and a billing cycle that
is anchored on the 31st falls on each shorter month's last day without drifting to it for good.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

_SPAN = re.compile(r"(?P<number>[0-9]{1,5}) (?P<unit>minute|hour|day|week|month|year)s?")
_SPAN_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}


def in_utc(moment: datetime) -> datetime:
    """Return the same instant in UTC. Raises ValueError for a naive time, whose instant is unknown."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def as_moment(value: date | datetime) -> datetime:
    """Read a date as midnight UTC and a date-time as its instant; a naive time is taken as UTC."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else in_utc(value)
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def parse_span(text: str) -> timedelta:
    """Read a span such as `3 days` or `1 month` (30 days). Raises ValueError for anything else."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a span such as '3 days'")
    return int(match["number"]) * _SPAN_UNITS[match["unit"]]


def add_months(moment: datetime, months: int, anchor_day: int | None = None) -> datetime:
    """Move by calendar months to the anchor day, or to the month's last day where it has no such day.

    `anchor_day` (1 to 31) is the day that a cycle began on; by default it is the moment's own.
    """
    years, month_index = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last_day = calendar.monthrange(years, month_index + 1)[1]
    day = min(anchor_day or moment.day, last_day)
    return moment.replace(year=years, month=month_index + 1, day=day)


def add_years(moment: datetime, years: int) -> datetime:
    """Move by calendar years, at the same time of day; 29 February becomes 28 February."""
    return add_months(moment, 12 * years)
