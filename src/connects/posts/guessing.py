"""Guessing what a file's columns mean: first by their names, and then by what is in them.

A name alone is not believed where the cells contradict it: a column `type` of `Full-time` and
`Part-time` says nothing about how a job is paid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from connects.posts.cells import share_read, text_of
from connects.posts.counts import number_of
from connects.posts.dates import date_order, is_relative, sortable
from connects.posts.headers import plain_name
from connects.posts.mapping import ColumnMap
from connects.posts.money import amount_of, decimal_sign
from connects.posts.names import (
    AMOUNTS,
    KNOWN,
    has_facts_in_lines,
    known_name,
    looks_like_profiles,
    stated_currency,
)
from connects.posts.tables import FileSettings, RawTable
from connects.posts.unreadable import CellProblem, TableUnreadable
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
_NEUTRAL = frozenset(
    "job node data attributes details opening post posting info job_details item result fields"
    " properties contract_terms hourly_contract_terms fixed_price_contract_terms".split()
)
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
    "kind": kind_word,
    "amount": _money_that_says_so,
    "experience_level": _level_in_words,
    "duration": _length_of_time,
    "workload": lambda text: _hours_a_week(text) if "h" in text.lower() else _fail(),
    "posted_at": lambda text: sortable(text) if ":" in text or is_relative(text) else _fail(),
}


def guessed(raw: RawTable, settings: FileSettings) -> ColumnMap:
    """The most likely mapping of a file; it may lack what posts need (`check_enough`)."""
    places: dict[str, int] = {}
    cells = raw.first.columns
    for place, name in _filled_first(_in_order(raw.columns), cells):
        if name not in places and _fits(name, raw.columns[place], cells[place]):
            places[name] = place
    _by_content(raw, places)
    _hours_beside_length(cells, places)
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


def _filled_first(
    found: Sequence[tuple[int, str]], cells: Sequence[Sequence[object]]
) -> list[tuple[int, str]]:
    """Of two columns with one meaning, the one that says something: `spent` may just hold `spent.sum`."""
    return sorted(found, key=lambda each: not any(map(text_of, cells[each[0]])))


def _reference(raw: RawTable, place: int) -> str:
    column = raw.columns[place]
    return column if column and raw.columns.count(column) == 1 else f"#{place + 1}"


def _in_order(columns: Sequence[str]) -> list[tuple[int, str]]:
    """Places and what they could mean: our own names first, then others in the file's order."""
    own: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for place, column in enumerate(columns):
        plain = plain_name(column)
        if plain == "budget_usd" and column.strip().lower() != plain:
            others.append((place, "amount"))  # `Budget (USD)` is what people call any amount
        elif plain in KNOWN and plain not in {name for _, name in own}:
            own.append((place, plain))
        elif name := _meaning(column):
            others.append((place, name))
    return own + _rates_apart(columns, others)


def _rates_apart(columns: Sequence[str], found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """A column `rate` beside one of amounts is what hourly jobs pay."""
    if sum(name == "amount" for _, name in found) < 2:
        return list(found)
    return [
        (place, "hourly_mid" if plain_name(columns[place]) in _RATES else name)
        for place, name in found
    ]


def _meaning(column: str) -> str:
    parts = column.split(".")
    while len(parts) > 1 and plain_name(parts[0]) in _NEUTRAL:
        if found := known_name(plain_name("_".join(parts))):
            return found
        parts = parts[1:]
    return known_name(plain_name("_".join(parts)))


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
        free = [n for n in range(len(raw.columns)) if n not in places.values()]
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


def _hours_beside_length(cells: Sequence[Sequence[object]], places: dict[str, int]) -> None:
    """`1 to 3 months, 30+ hrs/week` in one column is both."""
    both = places.get("duration", places.get("workload"))
    if both is None or ("duration" in places and "workload" in places):
        return
    for name, reads in (("duration", _length_of_time), ("workload", _hours_a_week)):
        texts = [cell for cell in cells[both] if "month" in text_of(cell).lower()]
        if name not in places and texts and share_read(reads, texts) >= _FITS_AT_LEAST:
            places[name] = both


def can_tell_kinds(mapping: ColumnMap, cells_of: Mapping[str, Sequence[object]]) -> bool:
    """Whether posts can be told to be fixed-price or hourly without a column that says so."""
    if mapping.columns.keys() & {"hourly_min", "hourly_max", "hourly_mid"}:
        return bool(mapping.columns.keys() & {"budget_usd", "amount", "amount_min", "amount_max"})

    def says(text: str) -> object:
        return amount_of(text) if amount_of(text).hourly is not None else _fail()

    return share_read(says, cells_of.get("amount", ()), most=1_000) > 0


def check_enough(
    name: str, raw: RawTable, mapping: ColumnMap, cells_of: Mapping[str, Sequence[object]]
) -> None:
    """Raise TableUnreadable where no posts can be read by the mapping, with what is missing."""
    told = mapping.columns.keys() | mapping.values.keys()
    if "kind" in told or (
        not has_facts_in_lines(raw.columns) and can_tell_kinds(mapping, cells_of)
    ):
        return
    listed = ", ".join(column or f"#{n}" for n, column in enumerate(raw.columns[:12], start=1))
    more = f" and {len(raw.columns) - 12} more" if len(raw.columns) > 12 else ""
    if raw.header and looks_like_profiles(raw.columns, told):
        raise TableUnreadable(
            f"{name}: this looks like profiles of freelancers, not like job posts"
            f" (its columns: {listed}{more})"
        )
    if has_facts_in_lines(raw.columns):
        raise TableUnreadable(
            f"{name}: each {raw.unit} seems to hold one fact of a post, not a post (its columns:"
            f" {listed}); write a {raw.unit} for each post"
        )
    amounts = told & set(AMOUNTS)
    missing = "no column kind (fixed or hourly)" + ("" if amounts else ", and no amount")
    raise TableUnreadable(
        f"{name}: {raw.shape}; {'the header has' if raw.header else 'there is no header, and'}"
        f" {missing}. Its columns: {listed}{more}. `connects posts map {name} --out map.toml` writes"
        " a mapping to complete, for --map map.toml."
    )
