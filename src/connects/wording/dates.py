"""Days and times as people write them in the language that is spoken now. All are in UTC."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_skeleton

from connects.wording.languages import language, locale

# By what is shown, as Unicode's skeletons name it. A language without a row follows Unicode's own
# pattern; English here is international: the day before the month.
_PATTERNS = {
    "en": {
        "yMMMMd": "d MMMM y",
        "yMMMd": "d MMM y",
        "MMMMd": "d MMMM",
        "MMMd": "d MMM",
        "yMMMMEEEEd": "EEEE d MMMM y",
        "MMMMEEEEd": "EEEE d MMMM",
        "yMMMM": "MMMM y",
    },
    "es": {
        "yMMMMd": "d 'de' MMMM 'de' y",
        "MMMMd": "d 'de' MMMM",
        "yMMMMEEEEd": "EEEE d 'de' MMMM 'de' y",
        "MMMMEEEEd": "EEEE d 'de' MMMM",
        "yMMMM": "MMMM 'de' y",
    },
}


def day(moment: date) -> str:
    """`12 December 2026`."""
    return _written(moment, "yMMMMd")


def short_day(moment: date) -> str:
    """`12 Dec 2026`."""
    return _written(moment, "yMMMd")


def day_of_year(moment: date) -> str:
    """`12 December`: where everybody knows the year."""
    return _written(moment, "MMMMd")


def short_day_of_year(moment: date) -> str:
    """`12 Dec`."""
    return _written(moment, "MMMd")


def weekday(moment: date) -> str:
    """`Saturday 12 December`."""
    return _written(moment, "MMMMEEEEd")


def weekday_of_year(moment: date) -> str:
    """`Saturday 12 December 2026`."""
    return _written(moment, "yMMMMEEEEd")


def weekday_name(moment: date) -> str:
    """`Sat`."""
    return _written(moment, "E")


def month(moment: date) -> str:
    """`December 2026`."""
    return _written(moment, "yMMMM")


def month_name(moment: date) -> str:
    """`December`."""
    return format_date(moment, "LLLL", locale())


def short_month_name(moment: date) -> str:
    """`Dec`."""
    return format_date(moment, "LLL", locale())


def clock(moment: datetime) -> str:
    """`08:05`."""
    return format_datetime(moment, "HH:mm", locale=locale())


def clock_with_seconds(moment: datetime) -> str:
    """`08:05:59`."""
    return format_datetime(moment, "HH:mm:ss", locale=locale())


def _written(moment: date, skeleton: str) -> str:
    pattern = _PATTERNS.get(language(), {}).get(skeleton)
    if pattern is None:
        return format_skeleton(skeleton, moment, locale=locale())
    return format_date(moment, pattern, locale())
