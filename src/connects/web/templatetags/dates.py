"""Filters that write days and times in the reader's language; every template has them.

What is no time is shown as nothing, as Django's own filters show it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template

from connects.wording import dates
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

register = template.Library()


def _write(moment: Any, day: Callable[[date], str], clock: Callable[[datetime], str] | None) -> str:
    if not isinstance(moment, date):
        return ""
    if clock is None or not isinstance(moment, datetime):
        return day(moment)
    return f"{day(moment)}, {clock(moment)}"


def _of_this_year(moment: Any, now: datetime) -> bool:
    return isinstance(moment, date) and moment.year == now.year


@register.filter
def day(moment: Any) -> str:
    """`12 December 2026`."""
    return _write(moment, dates.day, None)


@register.filter
def short_day(moment: Any) -> str:
    """`12 Dec 2026`."""
    return _write(moment, dates.short_day, None)


@register.filter
def day_of_year(moment: Any) -> str:
    """`12 December`."""
    return _write(moment, dates.day_of_year, None)


def weekday(moment: Any) -> str:
    """`Saturday 12 December`."""
    return _write(moment, dates.weekday, None)


@register.filter
def weekday_of_year(moment: Any) -> str:
    """`Saturday 12 December 2026`."""
    return _write(moment, dates.weekday_of_year, None)


@register.filter
def month(moment: Any) -> str:
    """`December 2026`."""
    return _write(moment, dates.month, None)


@register.filter
def month_name(moment: Any) -> str:
    """`December`."""
    return _write(moment, dates.month_name, None)


@register.filter
def clock(moment: Any) -> str:
    """`08:05`."""
    return dates.clock(moment) if isinstance(moment, datetime) else ""


@register.filter
def moment(moment: Any) -> str:
    """`12 December 2026, 08:05`."""
    return _write(moment, dates.day, dates.clock)


@register.filter
def exact_moment(moment: Any) -> str:
    """`12 December 2026, 08:05:59`."""
    return _write(moment, dates.day, dates.clock_with_seconds)


@register.filter
def short_moment(moment: Any) -> str:
    """`12 Dec 2026, 08:05`."""
    return _write(moment, dates.short_day, dates.clock)


@register.filter
def near_moment(moment: Any, now: datetime) -> str:
    """`12 Dec, 08:05` of the year that it is now, `12 Dec 2026, 08:05` of another one."""
    return short_moment_of_year(moment) if _of_this_year(moment, now) else short_moment(moment)


@register.filter
def near_day(moment: Any, now: datetime) -> str:
    """`12 December` of the year that it is now, `12 December 2026` of another one."""
    return day_of_year(moment) if _of_this_year(moment, now) else day(moment)


@register.filter
def near_weekday(moment: Any, now: datetime) -> str:
    """`Today`, `Yesterday`, `Saturday 12 December`, with the year where it is another one."""
    if not isinstance(moment, datetime):
        return ""
    days = (now.date() - moment.date()).days
    if days in (0, 1):
        return _("Yesterday") if days else _("Today")
    return weekday(moment) if _of_this_year(moment, now) else weekday_of_year(moment)


@register.filter
def posted_ago(posted: Any, now: datetime) -> str:
    """`Posted 3 hours ago`, `Posted yesterday`, and by its day from a week on."""
    if not isinstance(posted, datetime):
        return ""
    minutes, days = int((now - posted).total_seconds()) // 60, (now.date() - posted.date()).days
    if minutes < 1:
        return _("Posted just now")
    if minutes < 60:
        return ngettext("Posted {n} minute ago", "Posted {n} minutes ago", minutes)
    if days == 0 or minutes < 12 * 60:
        return ngettext("Posted {n} hour ago", "Posted {n} hours ago", minutes // 60)
    if days == 1:
        return _("Posted yesterday")
    if days < 7:
        return ngettext("Posted {n} day ago", "Posted {n} days ago", days)
    return _("Posted on {day}", day=near_day(posted, now))


@register.filter
def days_until(moment: Any, now: datetime) -> int | None:
    """How many midnights lie between now and then; None for what is no time."""
    return (moment.date() - now.date()).days if isinstance(moment, datetime) else None


@register.filter
def moment_of_year(moment: Any) -> str:
    """`12 December, 08:05`."""
    return _write(moment, dates.day_of_year, dates.clock)


@register.filter
def short_moment_of_year(moment: Any) -> str:
    """`12 Dec, 08:05`."""
    return _write(moment, dates.short_day_of_year, dates.clock)
