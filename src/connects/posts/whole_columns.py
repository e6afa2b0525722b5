"""What whole columns say, worked out by polars: each exactly as its cells would be read one by one.

Only what leaves no doubt is answered; where one cell of a column needs a closer look, the answer is None.
An empty text is an empty cell.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import polars as pl

from connects.posts.tables import PLAIN_FROM, PLAIN_UNDER
from connects.posts.words import MISSING
from connects.vocabulary.typed_input import FIRST_YEAR, LAST_YEAR

WORD = r"^[!-~](?:[ -~]{0,998}[!-~])?$"
NUMBER = r"^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?$"
AMOUNT = r"^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?$"
"""Three digits after a point may be thousands."""
_INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?:Z|\+00:00| UTC)?$"
)
_LONGEST_MISSING = max(map(len, MISSING))
_SURELY_ROUNDED = 0.4
"""What lies so near to a whole number is rounded to it, however it is written."""
_MINOR_UNITS_MOST = 1e14
_FIRST = date(FIRST_YEAR + 1, 1, 1)
_LAST = date(LAST_YEAR - 1, 12, 31)
_DAYS_WRITTEN_MOST = 20_000
_MINUTES = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)]


def numbers(cells: pl.Series, text: str = NUMBER) -> pl.Series | None:
    """Numbers, none of them so large or so small that it has an exponent.

    `text` is how texts state them.
    """
    if cells.dtype == pl.String:
        filled = _filled(cells)
        if not _all(filled.str.contains(text)):
            return None
        cells = filled.cast(pl.Float64)
    elif not cells.dtype.is_integer() and not cells.dtype.is_float():
        return None
    sizes = cells.cast(pl.Float64).abs()
    is_plain = _all((sizes == 0) | ((sizes >= PLAIN_FROM) & (sizes < PLAIN_UNDER)))
    if not is_plain:
        return None
    return cells.cast(pl.Int64) if cells.dtype.is_integer() else cells.cast(pl.Float64)


def words(cells: pl.Series) -> pl.Series | None:
    """Words without blanks around them, none of which says that there is none; and whole numbers."""
    if cells.dtype != pl.String:
        found = numbers(cells)
        if found is None or not _all(found == found.round()):
            return None
        return found.cast(pl.Int64).cast(pl.String).fill_null("")
    filled = _filled(cells)
    if not _all(filled.str.contains(WORD)):
        return None
    short = filled.filter(filled.str.len_bytes() <= _LONGEST_MISSING)
    says_none = short.str.to_lowercase().is_in(list(MISSING)).any()
    return None if says_none else filled.fill_null("")


def minor_units(cells: pl.Series, scale: int) -> pl.Series | None:
    """Amounts in minor units, of which a unit has `scale`."""
    amounts = numbers(cells, AMOUNT)
    if amounts is None or amounts.dtype.is_integer():
        return None if amounts is None else amounts * scale
    units = amounts * scale
    whole = units.round()
    is_sure = ((units - whole).abs() < _SURELY_ROUNDED) & (units.abs() < _MINOR_UNITS_MOST)
    return whole.cast(pl.Int64) if _all(is_sure) else None


def instants(cells: pl.Series) -> pl.Series | None:
    """Instants in UTC, to the minute, as texts that sort."""
    if cells.dtype == pl.String:
        return _instants_of_texts(_filled(cells))
    if not isinstance(cells.dtype, pl.Datetime | pl.Date):
        return None
    found = cells.cast(pl.Datetime("us")) if cells.dtype == pl.Date else cells
    if cast("pl.Datetime", found.dtype).time_zone is not None:
        found = found.dt.convert_time_zone("UTC")
    days = found.dt.date()
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):  # all cells are empty
        return pl.Series([""]).new_from_index(0, len(cells))
    if first < _FIRST or last > _LAST or (last - first).days > _DAYS_WRITTEN_MOST:
        return None
    written = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
    day = pl.Series(written).gather((days - first).dt.total_days())
    minute = found.dt.hour().cast(pl.Int32) * 60 + found.dt.minute()
    return (day + "T" + pl.Series(_MINUTES).gather(minute) + "Z").fill_null("")


def _instants_of_texts(texts: pl.Series) -> pl.Series | None:
    if not _all(texts.str.contains(_INSTANT)):
        return None
    minutes = texts.str.slice(0, 10) + "T" + texts.str.slice(11, 5)
    read = minutes.str.to_datetime("%Y-%m-%dT%H:%M", strict=False)
    are_real = read.null_count() == texts.null_count()
    return (minutes + "Z").fill_null("") if are_real and _in_range(read) else None


def _in_range(found: pl.Series) -> bool:
    return _all(found.dt.date().is_between(_FIRST, _LAST))


def hundredths(found: pl.Series, most: float) -> pl.Series:
    """Numbers times a hundred, rounded; empty for those below 0 or above `most`."""
    return (_within(found, most) * 100).round(mode="half_to_even").cast(pl.Int64)


def whole(found: pl.Series, most: float) -> pl.Series:
    """Numbers without what stands after their point, the same way."""
    return _within(found, most).cast(pl.Int64)


def counts(found: pl.Series, most: int) -> pl.Series:
    """Numbers that are whole, the same way."""
    within = _within(found, most)
    return within.set(within != within.round(), None).cast(pl.Int64)


def _within(found: pl.Series, most: float) -> pl.Series:
    return found.set(~found.is_between(0, most), None)


def _filled(texts: pl.Series) -> pl.Series:
    return texts.set(texts == "", None)


def _all(holds: pl.Series) -> bool:
    """Whether it holds for all cells that are filled."""
    return holds.all()
