"""Queries by lists of ids or names, whose SQL is made once and is one statement for any length.

Django makes a query's SQL anew each time, with a place for each value of a list; for a batch that takes
several times as long as the database needs to answer. Here a list is one parameter, and on PostgreSQL the
statement is prepared and goes through libpq itself: there other threads get the interpreter once for a
statement, and not at each step of a cursor.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

from connects.journal.databases.postgresql.pipelines import ask_together

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]
Pairs = Sequence[tuple[int, int]] | Sequence[tuple[int, str]]
Values = Sequence[int] | Sequence[str] | Pairs
Kind = type[int | str] | tuple[type[int], type[int | str]]

_LIST = "\x02"


class ByLists:
    """A query by lists, each of whole numbers, of texts or of pairs (`kinds`), that gives tuples.

    `build` makes the queryset, with `values_list`, from as many lists; it may use them with `__in` alone,
    and those of pairs with `paired`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: Kind) -> None:
        self._build, self._kinds = build, kinds
        self._made: dict[str, _Query] = {}

    def rows(self, *lists: Values) -> list[Row]:
        """The rows for these lists, with one statement."""
        (rows,) = rows_together(self.of(*lists))
        return rows

    def of(self, *lists: Values) -> Asked:
        """The query for these lists, to be asked together with others."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        query = self._made.get(vendor)
        if query is None:
            query = self._made[vendor] = self._compiled()
        said = [json.dumps(list(each)) for each in lists]
        return Asked(query, [said[place] for place in query.places])

    def _compiled(self) -> _Query:
        marks = [_mark(kind, place) for place, kind in enumerate(self._kinds)]
        rows = self._build(*([mark] for mark in marks))
        compiler = rows.query.get_compiler(connection=connection)
        text, params = compiler.as_sql()
        places = [marks.index(param) for param in params if param in marks]
        said = [_list(marks.index(p)) if p in marks else _constant(p) for p in params]
        sql = (text % tuple(said)).replace("%", "%%")
        for place, kind in enumerate(self._kinds):
            sql = sql.replace(f"IN ({_list(place)})", _any_of(kind))
        assert _LIST not in sql, f"a list stands behind IN alone: {sql}"
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return _Query(sql, places, list(converters.items()))


class Asked(NamedTuple):
    """A query with its lists."""

    query: _Query
    lists: list[str]


def rows_together(*asked: Asked) -> list[list[Row]]:
    """The rows of each query, in their order, with one round trip for all in a transaction."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor == "postgresql":
        found = ask_together(own, [(each.query.sql, each.lists) for each in asked])
    else:
        found = [_sent(own, each.query.sql, each.lists) for each in asked]
    return [each.query.converted(rows) for each, rows in zip(asked, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Query:
    """The statement, which list each of its parameters is, and how columns become values."""

    sql: str
    places: list[int]
    converters: list[tuple[int, tuple[list[Any], Any]]]

    def converted(self, rows: list[Row]) -> list[Row]:
        if not self.converters:
            return rows
        found = [list(row) for row in rows]
        for at, (made, expression) in self.converters:
            for row in found:
                for convert in made:
                    row[at] = convert(row[at], expression, connection)
        return [tuple(row) for row in found]


def _sent(own: BaseDatabaseWrapper, sql: str, given: Sequence[str]) -> list[Row]:
    with own.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[Row] = cursor.fetchall()
        return rows


_CASTS = {int: "::bigint", str: ""}


def paired(
    rows: QuerySet[Any, Any], first: str, second: str, pairs: Sequence[Any]
) -> QuerySet[Any, Any]:
    """The rows whose two columns are one of the pairs, which an index of both finds.

    By a list for each column, all rows would be read that agree in the first.
    """
    said = f'("{first}", "{second}") IN (%s)'
    return rows.extra(where=[said], params=list(pairs))  # noqa: S610 the pairs are a parameter


def _any_of(kind: Kind) -> str:
    if isinstance(kind, tuple):
        return _any_pair_of(kind)
    if connection.vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))"
    # As an array it is made once, before the query is begun.
    return f"= ANY(ARRAY(SELECT jsonb_array_elements_text(%s::jsonb){_CASTS[kind]}))"


def _any_pair_of(kinds: tuple[type[int | str], ...]) -> str:
    if connection.vendor == "sqlite":
        columns = ", ".join(f"value ->> {place}" for place in range(len(kinds)))
        return f"IN (SELECT {columns} FROM json_each(%s))"  # noqa: S608 places and casts of ours
    columns = ", ".join(f"(each ->> {place}){_CASTS[kind]}" for place, kind in enumerate(kinds))
    return f"IN (SELECT {columns} FROM jsonb_array_elements(%s::jsonb) AS each)"  # noqa: S608 the same


def _mark(kind: Kind, place: int) -> int | str:
    """A value that no query has by itself."""
    return -(9_000_000_000 + place) if kind is int else f"\x01list-{place}\x01"


def _list(place: int) -> str:
    """Where a list stands, until it is known what the database calls it."""
    return f"{_LIST}{place}{_LIST}"


def _constant(value: object) -> str:
    """A constant of ours, as it stands in SQL."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    assert isinstance(value, int), value
    return str(value)
