"""A list on a page, or as a file: what was asked for, what fits, and the views that a person keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from connects.acts.oversight.audit import note_act, note_reading
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import staff_page
from connects.console.tables.columns import (
    BulkAct,
    Cell,
    Column,
    Table,
    cell_of,
    heads_in_file,
    in_file,
)
from connects.console.tables.links import permitted
from connects.market.listing.filters import Field
from connects.market.listing.listings import (
    COUNTED_MOST,
    Asked,
    Slice,
    asked_of,
    every_row,
    fields_of,
    slice_of,
)
from connects.market.people.models import User
from connects.market.people.permissions import may
from connects.market.staff.models import SavedView
from connects.market.staff.selectors import saved_views
from connects.statements.problem_words import problem_sentence
from connects.vocabulary.csv_lines import csv_lines
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL
from connects.vocabulary.typed_input import Typed
from connects.wording.figures import number
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of a filter, with what was typed into it."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown: its name for check boxes, and its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """All that the template of a list shows."""

    table: Table[Any]
    fields: tuple[FilledField, ...]
    sort: str
    shown: tuple[Column[Any], ...]
    columns: tuple[Column[Any], ...]
    lines: tuple[Line, ...]
    items: tuple[Any, ...]
    slice: Slice[Any]
    query: str
    views: Sequence[SavedView]
    problems: tuple[str, ...]
    bulk: tuple[BulkAct, ...]

    @property
    def address(self) -> str:
        return reverse(self.table.address, args=self.table.about)

    @property
    def is_filtered(self) -> bool:
        return any(field.value for field in self.fields)

    @property
    def first(self) -> FilledField:
        """The filter that is used most; the others are folded away."""
        return self.fields[0]

    @property
    def rest_is_filled(self) -> bool:
        return any(field.value for field in self.fields[1:])

    @property
    def total_words(self) -> str:
        """How many rows fit, as far as they were counted."""
        total = self.slice.total
        if not self.slice.is_counted_out:
            return _("More than {number} rows", number=number(COUNTED_MOST))
        return ngettext("{number} row", "{number} rows", total, number=number(total))

    @property
    def keeps(self) -> str:
        """The query, to be followed by something more."""
        return f"{self.query}&" if self.query else ""

    @property
    def view(self) -> SavedView | None:
        """The kept view that is looked at."""
        return next((view for view in self.views if view.query == self.query), None)


def list_response(
    request: HttpRequest,
    staff: User,
    table: Table[Any],
    template: str = "console/list.html",
    more: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The list as a page, or as a file where the address asks for one."""
    typed = Typed(request.GET)
    if typed.choice("as") == "csv":
        return _file(staff, table, typed)
    page = list_page(staff, table, typed)
    status = ANSWERED_WITH_REFUSAL if page.problems else status
    return staff_page(request, staff, template, {"list": page, **(more or {})}, status)


def list_page(staff: User, table: Table[Any], typed: Typed) -> ListPage:
    """What of the list is asked for, for this member of staff."""
    hidden = _hidden(staff, table)
    asked = asked_of(table.listing, typed, hidden)
    columns = tuple(column for column in table.columns if column.name not in hidden)
    shown = _shown(columns, typed)
    _note_guarded(staff, table, asked, shown)
    found = slice_of(table.listing, asked)
    items = tuple(table.dress(found.rows))
    follow = partial(permitted, staff)
    return ListPage(
        table=table,
        fields=tuple(
            FilledField(each, asked.typed.get(each.name, ""))
            for each in fields_of(table.listing, hidden)
        ),
        sort=asked.sort,
        shown=shown,
        columns=columns,
        lines=tuple(
            Line(
                table.listing.name_of(row),
                tuple(cell_of(column, item, follow) for column in shown),
            )
            for row, item in zip(found.rows, items, strict=True)
        ),
        items=items,
        slice=found,
        query=_query(table, asked, columns, shown),
        views=() if table.about else saved_views(staff, table.name),
        problems=tuple(problem_sentence(each.parameters) for each in asked.problems),
        bulk=tuple(each for each in table.bulk if may(staff, each.act)),
    )


def _hidden(staff: User, table: Table[Any]) -> set[str]:
    return {name for name, act in table.guarded.items() if not may(staff, act)}


def _shown(columns: Sequence[Column[Any]], typed: Typed) -> tuple[Column[Any], ...]:
    chosen = typed.several("column")
    found = tuple(column for column in columns if column.name in chosen)
    return found or tuple(column for column in columns if column.is_usual)


def _note_guarded(
    staff: User, table: Table[Any], asked: Asked, shown: Sequence[Column[Any]]
) -> None:
    used = {*asked.typed, *(column.name for column in shown)}
    for name, act in table.guarded.items():
        if name in used:
            note_reading(staff, act, f"list:{table.name}", clock_now())


def _query(
    table: Table[Any],
    asked: Asked,
    columns: Sequence[Column[Any]],
    shown: Sequence[Column[Any]],
) -> str:
    """What is asked for, as an address has it: in one order, and without what is usual."""
    parts = list(asked.typed.items())
    if asked.sort != next(iter(table.listing.sorts)):
        parts.append(("sort", asked.sort))
    if list(shown) != [column for column in columns if column.is_usual]:
        parts += [("column", column.name) for column in shown]
    return urlencode(parts)


def _file(staff: User, table: Table[Any], typed: Typed) -> HttpResponseBase:
    """All that fits as CSV, written as it is read, however much it is."""
    hidden = _hidden(staff, table)
    asked = asked_of(table.listing, typed, hidden)
    columns = tuple(column for column in table.columns if column.name not in hidden)
    shown = _shown(columns, typed)
    _note_guarded(staff, table, asked, shown)
    query = _query(table, asked, columns, shown)
    note_act(staff, "export", f"list:{table.name}", query, clock_now())
    items = (item for rows in every_row(table.listing, asked) for item in table.dress(rows))
    first = next(items, None)
    rows = chain(() if first is None else (first,), items)
    lines = csv_lines(heads_in_file(shown, first), _cells(rows, shown))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _cells(items: Iterator[Any], columns: Sequence[Column[Any]]) -> Iterator[list[object]]:
    for item in items:
        yield [cell for column in columns for cell in in_file(column, item)]
