"""A long list as it is declared, and as somebody asks for it.

No slice grows with the list: it begins behind (or ends before) a row that the address names, which an
index finds, and rows are counted no further than `COUNTED_MOST`. A list may have several sources, such as
payments of two kinds: they are merged in the order of the list, and a row's name says which one it is of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q

from connects.market.listing.filters import Field, Filter, Narrow, Rows
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import ROW_NUMBER_MOST, Typed, whole_number

Row = TypeVar("Row", bound=Model)

SLICE = 50
COUNTED_MOST = 2_000
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows: by columns that are never null, then by when they were made."""

    words: str
    columns: tuple[str, ...] = ()
    is_descending: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """All columns, with the one that tells equals apart."""
        return (*self.columns, "pk")


NEWEST = Sort("Newest")
OLDEST = Sort("Oldest", is_descending=False)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A long list: where its rows come from, what narrows and what sorts them (the first is usual)."""

    sources: tuple[type[Row], ...]
    rows: Any
    """Called with each of the sources: its rows, with all that a line shows."""
    filters: tuple[Filter, ...]
    sorts: Mapping[str, Sort] = field(default_factory=lambda: {"newest": NEWEST, "oldest": OLDEST})

    def name_of(self, row: Row) -> str:
        """The row's name in addresses and check boxes."""
        if len(self.sources) == 1:
            return str(row.pk)
        return f"{self.sources.index(type(row))}-{row.pk}"

    def place_of(self, name: str) -> tuple[int, int] | None:
        """The source and the id that a name means."""
        source, _, number = name.rpartition("-")
        at = whole_number(source or "0", 0, len(self.sources) - 1)
        pk = whole_number(number, 1, ROW_NUMBER_MOST)
        return None if at is None or pk is None else (at, pk)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a list: filters as they were typed, and what of them makes no sense."""

    sort: str
    typed: Mapping[str, str]
    narrows: tuple[Narrow, ...] = ()
    problems: tuple[Refused, ...] = ()
    after: str = ""
    before: str = ""


def fields_of(listing: Listing[Any], hidden: Collection[str] = ()) -> list[Field]:
    """The fields of its filters, but for those that are not for this reader."""
    return [f for each in listing.filters if each.name not in hidden for f in each.fields]


def asked_of(listing: Listing[Any], typed: Typed, hidden: Collection[str] = ()) -> Asked:
    """Read what is asked; a filter that is hidden from this reader narrows nothing."""
    found = [each.narrow(typed) for each in listing.filters if each.name not in hidden]
    sort = typed.choice("sort")
    return Asked(
        sort=sort if sort in listing.sorts else next(iter(listing.sorts)),
        typed={
            each.name: text
            for each in fields_of(listing, hidden)
            if (text := typed.line(each.name, each.most))
        },
        narrows=tuple(each for each in found if each is not None and not isinstance(each, Refused)),
        problems=tuple(each for each in found if isinstance(each, Refused)),
        after=typed.line("after"),
        before=typed.line("before"),
    )


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Rows beside one another in a list; `after` and `before` name where the next and the last begin."""

    rows: tuple[Row, ...]
    after: str = ""
    before: str = ""
    total: int = 0
    is_counted_out: bool = True


_Place = tuple[tuple[Any, ...], int]
"""The values by which a row is sorted, and which source it is of."""


def slice_of(listing: Listing[Row], asked: Asked, size: int = SLICE) -> Slice[Row]:
    """The rows that are asked for; none where a filter makes no sense."""
    if asked.problems:
        return Slice(())
    total = sum(
        _narrowed(listing, asked, n).order_by()[: COUNTED_MOST + 1].count() for n in _all(listing)
    )
    told = (min(total, COUNTED_MOST), total <= COUNTED_MOST)
    end = _place_named(listing, asked, asked.before)
    if end is not None:
        back = _fetched(listing, asked, end, size + 1, is_forward=False)
        if len(back) > size:
            rows = tuple(reversed(back[:size]))
            return Slice(rows, listing.name_of(rows[-1]), listing.name_of(rows[0]), *told)
    begin = None if asked.before else _place_named(listing, asked, asked.after)
    found = _fetched(listing, asked, begin, size + 1)
    rows = tuple(found[:size])
    return Slice(
        rows,
        listing.name_of(rows[-1]) if len(found) > size else "",
        listing.name_of(rows[0]) if rows and begin is not None else "",
        *told,
    )


def first_rows(listing: Listing[Row], size: int) -> list[Row]:
    """The first rows of the whole list in its usual order; nothing is counted."""
    return _fetched(listing, asked_of(listing, Typed({})), None, size)


def every_row(listing: Listing[Row], asked: Asked) -> Iterator[list[Row]]:
    """All rows that fit, some at a time, so that a list of any length can be written out."""
    place: _Place | None = None
    while not asked.problems:
        rows = _fetched(listing, asked, place, AT_ONCE)
        if rows:
            yield rows
        if len(rows) < AT_ONCE:
            return
        place = _place(listing, asked, rows[-1])


def rows_named(listing: Listing[Row], names: Collection[str]) -> list[Row]:
    """The rows of those names that there are, in their order."""
    places = [place for name in names if (place := listing.place_of(name)) is not None]
    found: dict[tuple[int, int], Row] = {}
    for n in _all(listing):
        wanted = [pk for source, pk in places if source == n]
        if wanted:
            found |= {(n, row.pk): row for row in _rows(listing, n).filter(pk__in=wanted)}
    return [found[place] for place in dict.fromkeys(places) if place in found]


def _all(listing: Listing[Any]) -> range:
    return range(len(listing.sources))


def _rows(listing: Listing[Any], source: int) -> Rows:
    rows: Rows = listing.rows(listing.sources[source])
    return rows


def _narrowed(listing: Listing[Any], asked: Asked, source: int) -> Rows:
    rows = _rows(listing, source)
    for narrow in asked.narrows:
        rows = narrow(rows)
    return rows


def _fetched(
    listing: Listing[Row],
    asked: Asked,
    place: _Place | None,
    limit: int,
    *,
    is_forward: bool = True,
) -> list[Row]:
    """Rows behind a place (or before it, nearest first), merged from all sources."""
    sort = listing.sorts[asked.sort]
    upwards = sort.is_descending != is_forward
    order = [key if upwards else f"-{key}" for key in sort.keys]
    found: list[Row] = []
    for n in _all(listing):
        rows = _narrowed(listing, asked, n)
        if place is not None:
            values, source = place
            beside = n > source if upwards else n < source
            rows = rows.filter(_beyond(sort.keys, values, upwards=upwards, included=beside))
        found += rows.order_by(*order)[:limit]
    if len(listing.sources) > 1:
        found.sort(key=lambda row: _place(listing, asked, row), reverse=not upwards)
    return found[:limit]


def _beyond(keys: tuple[str, ...], values: tuple[Any, ...], *, upwards: bool, included: bool) -> Q:
    """Rows on one side of a place. The bound of the first column stands alone, for its index."""
    way = "gt" if upwards else "lt"
    if len(keys) == 1:
        return Q(**{f"{keys[0]}__{way}{'e' if included else ''}": values[0]})
    rest = _beyond(keys[1:], values[1:], upwards=upwards, included=included)
    return Q(**{f"{keys[0]}__{way}e": values[0]}) & (Q(**{f"{keys[0]}__{way}": values[0]}) | rest)


def _place(listing: Listing[Row], asked: Asked, row: Row) -> _Place:
    keys = listing.sorts[asked.sort].keys
    values = tuple(attrgetter(key.replace("__", "."))(row) for key in keys)
    return values, listing.sources.index(type(row))


def _place_named(listing: Listing[Row], asked: Asked, name: str) -> _Place | None:
    """Where the row of that name stands; None where there is none (any more)."""
    at = listing.place_of(name) if name else None
    if at is None:
        return None
    row = _rows(listing, at[0]).filter(pk=at[1]).first()
    return None if row is None else _place(listing, asked, row)
