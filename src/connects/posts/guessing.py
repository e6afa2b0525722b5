"""Guessing what a file's columns mean: first by their names, and then by what is in them.

A name alone is not believed where the cells contradict it: a column `type` of `Full-time` and
`Part-time` says nothing about how a job is paid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from connects.posts.cells import share_read, text_of
from connects.posts.counts import number_of
from connects.posts.dates import date_order, sortable
from connects.posts.headers import plain_name
from connects.posts.mapping import ColumnMap
from connects.posts.meanings import in_order, may_mean
from connects.posts.money import CODES, amount_of, decimal_sign
from connects.posts.names import (
    AMOUNTS,
    HOURLY,
    KNOWN,
    stated_currency,
)
from connects.posts.periods import paid_by
from connects.posts.tables import FileSettings, RawTable
from connects.posts.unreadable import CellProblem
from connects.posts.words import (
    duration_range,
    kind_word,
    level_word,
    tier_word,
    verified_word,
    workload_word,
)

_FITS_AT_LEAST = 0.5
_SPEAKS_AT_LEAST = 0.8
_A_WEEK = re.compile(r"h.*w(?:ee)?k|stunden|hora|heure|full.?time|part.?time", re.IGNORECASE)
_AN_INSTANT = re.compile(
    r":|\bago\b|\bhace |\bvor |\bil y a |\bh[aá] |yesterday|today|just now", re.IGNORECASE
)
_STARS_MOST = 5
_RATES = frozenset("rate tarifa taxa tarif".split())


def _money(text: str) -> object:
    found = amount_of(text)
    return found if found.low is not None or found.hourly is not None else _fail()


def _money_that_says_so(text: str) -> object:
    found = amount_of(text)
    return found if found.currency or found.hourly is not None else _fail()


def _fail() -> object:
    raise CellProblem("says nothing")


def _length_of_time(text: str) -> object:
    return duration_range(text) or _fail()


def _hours_a_week(text: str) -> object:
    return (workload_word(text) if "h" in text.lower() or text.isascii() else "") or _fail()


def _level_in_words(text: str) -> object:
    """A bare number counts anything; it is a level only under a name that says so."""
    return level_word(text) if any(map(str.isalpha, text)) else _fail()


def _kind_or_flag(text: str) -> object:
    return text if text.lower() in {"0", "1", "true", "false"} else kind_word(text)


def _short_words(text: str) -> object:
    return text if len(text) <= 80 else _fail()


_FITS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(AMOUNTS, _money),
    "kind": kind_word,
    "experience_level": level_word,
    "duration": _length_of_time,
    "workload": _hours_a_week,
    "client_payment_verified": verified_word,
    "paid_per": paid_by,
    "posted_at": sortable,
    "proposals_tier": tier_word,
    "country": _short_words,
    "category": _short_words,
    **dict.fromkeys(
        "client_spend_usd client_reviews client_rating client_hires title_chars description_chars"
        " freelancers_to_hire usd_per_unit".split(),
        number_of,
    ),
}
_SPEAK_FOR_THEMSELVES: dict[str, Callable[[str], object]] = {
    "currency": lambda text: text if text in CODES else _fail(),
    "kind": kind_word,
    "amount": _money_that_says_so,
    "experience_level": _level_in_words,
    "duration": _length_of_time,
    "workload": lambda text: _hours_a_week(text) if _A_WEEK.search(text) else _fail(),
    "posted_at": lambda text: sortable(text) if _AN_INSTANT.search(text) else _fail(),
}


def guessed(raw: RawTable, settings: FileSettings) -> ColumnMap:
    """The most likely mapping of a file; it may lack what posts need (`enough.py`)."""
    places: dict[str, int] = {}
    cells = raw.first.columns
    for place, name in candidates(raw):
        if name not in places:
            places[name] = place
    _by_content(raw, places)
    _kind_by_period(cells, places)
    _hours_beside_length(cells, places)
    _amount_beside_kind(cells, places)
    amounts = [
        text_of(c) for name in AMOUNTS if name in places for c in _texts(cells[places[name]])
    ]
    dates = [text_of(c) for c in cells[places["posted_at"]]] if "posted_at" in places else []
    return ColumnMap(
        {name: _reference(raw, places[name]) for name in KNOWN if name in places},
        file=settings,
        decimal=decimal_sign(amounts),
        dates=date_order(dates),
        currency="" if "currency" in places else _stated_above(raw, places),
    )


def _stated_above(raw: RawTable, places: Mapping[str, int]) -> str:
    """Whose money it is by the names of the columns of amounts, where they agree."""
    named = [raw.columns[places[name]] for name in AMOUNTS if name in places]
    told = {stated_currency(column) for column in named if column.strip().lower() not in AMOUNTS}
    return told.pop() if len(told) == 1 else ""


def _texts(cells: Sequence[object]) -> list[str]:
    """Only what was text in the file: a number with a type has no doubtful signs."""
    return [cell for cell in cells if isinstance(cell, str)]


def candidates(raw: RawTable) -> list[tuple[int, str]]:
    """Places of columns, and what they could mean by their names and their cells, the best first.

    Of two columns with one meaning that is one that says something: `spent` may just hold `spent.sum`.
    """
    cells = raw.first.columns
    fitting = [
        (place, name)
        for place, name in in_order(raw.columns)
        if _fits(name, raw.columns[place], cells[place])
    ]
    rated = _rates_apart(raw, fitting)
    return sorted(rated, key=lambda each: not any(map(text_of, cells[each[0]])))


def _reference(raw: RawTable, place: int) -> str:
    column = raw.columns[place]
    return column if column and raw.columns.count(column) == 1 else f"#{place + 1}"


def _rates_apart(raw: RawTable, found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """A column `rate` beside one of amounts is what hourly jobs pay, or how they were rated."""
    if sum(name == "amount" for _, name in found) < 2:
        return list(found)
    rates = {place for place, _ in found if plain_name(raw.columns[place]) in _RATES}
    stars = {place for place in rates if _are_stars(raw.first.columns[place])}
    return [
        (place, "hourly_mid" if place in rates else name)
        for place, name in found
        if place not in stars
    ]


def _are_stars(cells: Sequence[object]) -> bool:
    numbers = [text for cell in cells if (text := text_of(cell))]
    return (
        share_read(lambda text: 0 <= float(number_of(text)) <= _STARS_MOST or _fail(), numbers) == 1
    )


def _fits(name: str, column: str, cells: Sequence[object]) -> bool:
    plain = plain_name(column)
    if plain == name:
        return True
    fits = _kind_or_flag if name == "kind" and plain.startswith("is_") else _FITS.get(name)
    if name in AMOUNTS and _are_flags(cells):
        return False
    filled = any(text_of(cell) for cell in cells)
    return fits is None or not filled or share_read(fits, cells) >= _FITS_AT_LEAST


def _are_flags(cells: Sequence[object]) -> bool:
    """Whether cells say only yes or no: `fixed_price` may say how a job is paid, or how much."""
    return {text for cell in cells if (text := text_of(cell))} == {"0", "1"}


def _by_content(raw: RawTable, places: dict[str, int]) -> None:
    """Give what is still missing to columns whose cells leave no doubt."""
    has_amount = any(name in places for name in AMOUNTS)
    for name, speaks in _SPEAK_FOR_THEMSELVES.items():
        if name in places or (name == "amount" and has_amount):
            continue
        free = [
            n
            for n, column in enumerate(raw.columns)
            if n not in places.values() and may_mean(name, column)
        ]
        least = _FITS_AT_LEAST if name == "amount" else _SPEAKS_AT_LEAST
        shares = {n: share_read(speaks, raw.first.columns[n]) for n in free}
        best = max(shares, key=lambda n: shares[n], default=None)
        if best is not None and shares[best] >= least:
            places[name] = best
        elif name == "amount" and not raw.header:
            _bare_amounts(raw, places, free)


def _bare_amounts(raw: RawTable, places: dict[str, int], free: Sequence[int]) -> None:
    """Where a file names nothing: numbers of which at least one is said to be by the hour."""
    for place in free:
        cells = raw.first.columns[place]
        if share_read(_money, cells) == 1 and share_read(_money_that_says_so, cells) > 0:
            places["amount"] = place
            return


def _kind_by_period(cells: Sequence[Sequence[object]], places: dict[str, int]) -> None:
    """By what an amount is paid is how a job is paid, where nothing else says so."""
    if "kind" not in places and "paid_per" in places:
        texts = cells[places["paid_per"]]
        if share_read(kind_word, texts) >= _FITS_AT_LEAST:
            places["kind"] = places["paid_per"]


def _hours_beside_length(cells: Sequence[Sequence[object]], places: dict[str, int]) -> None:
    """`1 to 3 months, 30+ hrs/week` in one column is both."""
    both = places.get("duration", places.get("workload"))
    if both is None or ("duration" in places and "workload" in places):
        return
    for name, reads in (("duration", _length_of_time), ("workload", _hours_a_week)):
        texts = [cell for cell in cells[both] if "month" in text_of(cell).lower()]
        if name not in places and texts and share_read(reads, texts) >= _FITS_AT_LEAST:
            places[name] = both


def _amount_beside_kind(cells: Sequence[Sequence[object]], places: dict[str, int]) -> None:
    """`Hourly: $25 - $35` in one column is both; the budgets may stand in another one."""
    if "kind" not in places or not places.keys().isdisjoint(HOURLY):
        return
    texts = _texts(cells[places["kind"]])
    with_digits = [text for text in texts if any(map(str.isdigit, text)) and len(text) > 1]
    if with_digits and share_read(_money_that_says_so, with_digits) >= _SPEAKS_AT_LEAST:
        has_amount = not places.keys().isdisjoint(AMOUNTS)
        places["hourly_mid" if has_amount else "amount"] = places["kind"]
