"""Columns of a list: one declaration for the page and for its file.

A column says what it holds as a plain value. On a page an instant, an amount or a number gets the form
that people read, and a state its colour; in a file all stay what they are, for programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from connects.market.listing.listings import Listing
from connects.market.people.permissions import Act
from connects.vocabulary.amounts import Money, decimal_from_cents
from connects.wording import dates, figures
from connects.wording.messages import gettext as _

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """One column: `link` is the address that a cell leads to, `is_usual` whether it is shown unasked."""

    name: str
    head: str
    value: Callable[[Item], object]
    link: Callable[[Item], str] | None = None
    is_state: bool = False
    is_number: bool = False
    is_usual: bool = True


@dataclass(frozen=True, slots=True)
class BulkAct:
    """What can be done to several rows at once, and whose act it is."""

    name: str
    words: str
    act: Act


@dataclass(frozen=True, slots=True)
class Table(Generic[Item]):
    """A list as it is shown.

    `dress` gives a slice's rows what they show beyond themselves, with as many queries for all as for
    one. `guarded` are columns and filters that are for those alone who may do an act, by name; showing or
    using one leaves a line in the activity log.
    """

    name: str
    title: str
    address: str
    listing: Listing[Any]
    columns: tuple[Column[Item], ...]
    empty: str
    dress: Callable[[Sequence[Any]], Sequence[Item]] = tuple
    guarded: Mapping[str, Act] = field(default_factory=dict)
    bulk: tuple[BulkAct, ...] = ()
    about: tuple[str, ...] = ()
    """What the address names beyond the list, such as an account; no views are kept of such a list."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, as words, and how."""

    text: str
    head: str
    link: str = ""
    is_state: bool = False
    is_number: bool = False


def cell_of(column: Column[Item], item: Item, follow: Callable[[str], str] = str) -> Cell:
    """A cell for a page; `follow` leaves of its link what the reader may follow."""
    value = column.value(item)
    text = as_words(value)
    return Cell(
        text=text or "–",
        head=_(column.head),
        link=follow(column.link(item)) if column.link is not None and text else "",
        is_state=column.is_state and bool(text),
        is_number=column.is_number,
    )


def as_words(value: object) -> str:
    """A value as people read it; "" where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case int():
            return figures.number(value)
        case datetime():
            return f"{dates.short_day(value)}, {dates.clock(value)}"
        case date():
            return dates.short_day(value)
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def in_file(column: Column[Item], item: Item) -> tuple[object, ...]:
    """A cell for a file; an amount of money is two, so that a spreadsheet adds it up."""
    value = column.value(item)
    if isinstance(value, Money):
        return decimal_from_cents(value.cents, value.currency), value.currency
    if isinstance(value, datetime | date):
        return (value.isoformat(),)
    if isinstance(value, bool) or not isinstance(value, int):
        return (as_words(value),)
    return (value,)


def heads_in_file(columns: Sequence[Column[Item]], first: Item | None) -> list[str]:
    """The head of a file: a column of money is an amount and its currency."""
    heads: list[str] = []
    for column in columns:
        heads.append(column.name)
        if first is not None and isinstance(column.value(first), Money):
            heads.append(f"{column.name}_currency")
    return heads
