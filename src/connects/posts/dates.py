"""Dates as files have them, as one text that sorts: `2023-01-05T21:23Z`.

The hard case is `1/5/2023`: the column's other cells say whether days or months come first, and where
none of them does, months do, as the marketplace writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from connects.posts.unreadable import CellProblem
from connects.vocabulary.typed_input import FIRST_YEAR, LAST_YEAR, moment, whole_number

MONTH_FIRST, DAY_FIRST = "month first", "day first"

_PARTS = re.compile(
    r"(\d{1,4})(?P<sign>[./-])(\d{1,2})[./-](\d{2,4})"
    r"(?:,?[ T]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*([ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_NAME = "[a-zäéû]{3,10}"
_NAMED = re.compile(
    rf"(?:{_NAME},?\s+)?(?:({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?|"
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?\.?[ -]+(?:de )?"
    rf"({_NAME})\.?),?[ -]+"
    r"(?:de )?(\d{4})(?:,?(?:\s+at)?\s+(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap]m)?)?"
    r"(?:\s*(?:utc|gmt|z|\+0000))?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:posted\s+)?(?:hace\s+|vor\s+|il y a\s+|h[aá]\s+)?"
    r"(\d{1,4}|an?|one|une?|una|ein(?:em|er)?|um|uma)\s*"
    r"(sec\w*|min\w*|hour\w*|hr\w*|hora\w*|heure\w*|stunde\w*|[hdw]|day\w*|d[ií]a\w*|tag\w*|jour\w*"
    r"|week\w*|woche\w*|semana\w*|semaine\w*|month\w*|monat\w*|mes(?:es)?|m[eê]s|mois|year\w*|jahr\w*|años?|anos?|ans?)"
    r"(?:\s+ago)?",
    re.IGNORECASE,
)
_SORTABLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
_YEAR_FIRST = re.compile(r"\d{4}-")
_MONTHS = (
    *("jan ene", "feb fev fév", "mar mär", "apr abr avr", "may mai", "jun juin", "jul juil"),
    *("aug ago aoû", "sep set", "oct okt out", "nov", "dec dic dez déc"),
)
"""How names of months begin, in English, German, Spanish, French and Portuguese."""
_ZONE = re.compile(r"\s*(?:utc|gmt)$", re.IGNORECASE)
_DAYS_IN = (
    (("month", "monat", "mes", "mês", "mois"), 30),
    (("w", "sema"), 7),
    (("d", "tag", "jour"), 1),
    (("y", "jahr", "a"), 365),
)
"""How many days what begins so has."""
_WORDS = {"yesterday": timedelta(days=1), "today": timedelta(), "just now": timedelta()}
_SECONDS_FROM, _MILLISECONDS_FROM = 10**8, 10**11
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.\d+)?")
_SERIALS_FROM = datetime(1899, 12, 30, tzinfo=UTC)
"""Spreadsheets count days from here: 45292 is the first of January 2024."""


def date_order(cells: Iterable[str]) -> str:
    """Whether days or months come first in a column; empty where no cell tells."""
    first = second = 0
    for cell in cells:
        match = _PARTS.match(cell)
        if match and len(match[1]) <= 2:
            first += int(match[1]) > 12
            second += int(match[3]) > 12
    if first == second:
        return ""
    return DAY_FIRST if first > second else MONTH_FIRST


@lru_cache(maxsize=20_000)
def is_relative(text: str) -> bool:
    """Whether a date only says how long ago it was."""
    cell = text.strip()
    if _YEAR_FIRST.match(cell):
        return False
    return cell.lower() in _WORDS or _AGO.fullmatch(cell) is not None


def sortable(text: str, order: str = "", seen: datetime | None = None) -> str:
    """The instant as text in UTC, to the minute; empty for one that is relative to nothing known.

    Raises CellProblem where it is no date.
    """
    cell = text.strip()
    if _SORTABLE.fullmatch(cell) and moment(cell):
        return cell
    if is_relative(cell):
        found = None if seen is None else seen - _distance(cell)
        return "" if found is None else _text(found)
    found = _instant(cell, order)
    if found is None:
        raise CellProblem(f"expected a date, found {cell[:40]!r}")
    return _text(found)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _instant(cell: str, order: str) -> datetime | None:
    if _SERIAL.fullmatch(cell):
        return _SERIALS_FROM + timedelta(seconds=round(float(cell) * 86_400))
    seconds = _epoch(cell)
    if seconds is not None:
        return datetime.fromtimestamp(seconds, UTC)
    try:
        return moment(_ZONE.sub("", cell)) or _by_parts(cell, order) or _by_name(cell)
    except (ValueError, OverflowError):
        return None


def _epoch(cell: str) -> float | None:
    """Seconds, or milliseconds, since 1970."""
    number = whole_number(cell.partition(".")[0], _SECONDS_FROM, 10**14)
    if number is None:
        return None
    return number / 1_000 if number >= _MILLISECONDS_FROM else float(number)


def _by_parts(cell: str, order: str) -> datetime | None:
    match = _PARTS.fullmatch(cell)
    if match is None:
        return None
    first, second, third = (int(match[part]) for part in (1, 3, 4))
    has_points = match["sign"] == "."  # 05.01.2024: who writes points writes the day first
    if len(match[1]) == 4:
        year, month, day = first, second, third
    else:
        day_first = first > 12 or (
            (order == DAY_FIRST or (has_points and order != MONTH_FIRST)) and second <= 12
        )
        month, day = (second, first) if day_first else (first, second)
        year = third if third > 99 else 2000 + third
    return _at(year, month, day, match[5], match[6], match[7])


def _by_name(cell: str) -> datetime | None:
    match = _NAMED.fullmatch(cell)
    if match is None:
        return None
    month = _month(match[1] or match[4])
    if month is None:
        return None
    day = int(match[2] or match[3])
    return _at(int(match[5]), month, day, match[6], match[7], match[8])


def _month(name: str) -> int | None:
    """A month by its name; the longest beginning decides, so that `juin` is not `juil`."""
    known = {begins: number for number, each in enumerate(_MONTHS, 1) for begins in each.split()}
    word = name.lower()
    return known.get(word[:4], known.get(word[:3]))


def _at(
    year: int, month: int, day: int, hour: str | None, minute: str | None, half: str | None
) -> datetime | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0].lower() == "p" else 0)
    return datetime(year, month, day, hours, int(minute or 0), tzinfo=UTC)


def _distance(cell: str) -> timedelta:
    word = cell.strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    match = _AGO.fullmatch(word)
    assert match is not None
    number = int(match[1]) if match[1][0].isascii() and match[1][0] in "0123456789" else 1
    unit = match[2].lower()
    if unit.startswith(("h", "stunde")):
        return timedelta(hours=number)
    if unit.startswith(("min", "sec")):
        return timedelta(minutes=number) if unit.startswith("min") else timedelta(seconds=number)
    return timedelta(
        days=number * next(days for begins, days in _DAYS_IN if unit.startswith(begins))
    )
