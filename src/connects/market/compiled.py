"""Queries whose SQL is made once for each shape, for what hosts ask thousands of times a second.

Django makes a query's SQL anew each time, which takes several times as long as the database needs to
answer by a unique key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = str | int
Row = tuple[Any, ...]


class Compiled(Generic[M]):
    """A query by texts and whole numbers, which stand in its SQL as parameters.

    `build` makes the queryset from as many values as it is asked with. Foreign rows are not read along.
    """

    def __init__(self, build: Callable[[Sequence[Any]], QuerySet[M]]) -> None:
        self._build = build
        self._made: dict[tuple[str, tuple[type, ...]], _Query[M]] = {}

    def rows(self, *values: Value) -> list[M]:
        """The rows for these values, with one query; for none at all, none."""
        if not values:
            return []
        shape = (connection.vendor, tuple(map(type, values)))
        query = self._made.get(shape)
        if query is None:
            query = self._made[shape] = self._compiled(values)
        given = [values[at.number] if isinstance(at, _Place) else at for at in query.places]
        with connection.cursor() as cursor:
            cursor.execute(query.sql, given)
            return [query.read(row) for row in cursor.fetchall()]

    def _compiled(self, values: Sequence[Value]) -> _Query[M]:
        marked = [_mark(value, number) for number, value in enumerate(values)]
        rows = self._build(marked)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        by_mark = {mark: _Place(number) for number, mark in enumerate(marked)}
        places = [by_mark.get(param, param) for param in params]
        columns = [column for column, _, _ in compiler.select]
        converters = [
            (at, expression, convert)
            for at, (made, expression) in compiler.get_converters(columns).items()
            for convert in made
        ]
        annotations = dict(compiler.annotation_col_map or {})
        fields = [
            column.target.attname
            for at, column in enumerate(columns)
            if at not in annotations.values()
        ]
        return _Query(rows.model, sql, places, fields, annotations, converters)


@dataclass(frozen=True, slots=True)
class _Query(Generic[M]):
    """The SQL of one shape, and how a row of its result becomes one of the model."""

    model: type[M]
    sql: str
    places: list[Any]
    fields: list[str]
    annotations: dict[str, int]
    converters: list[tuple[int, Any, Callable[[Any, Any, Any], Any]]]

    def read(self, row: Row) -> M:
        if self.converters:
            changed = list(row)
            for at, expression, convert in self.converters:
                changed[at] = convert(changed[at], expression, connection)
            row = tuple(changed)
        found = self.model.from_db(connection.alias, self.fields, row[: len(self.fields)])
        for name, at in self.annotations.items():
            setattr(found, name, row[at])
        return found


class _Place:
    """Where a value stands among the parameters."""

    def __init__(self, number: int) -> None:
        self.number = number


def _mark(value: Value, number: int) -> Value:
    """A value that no query has of its own."""
    if isinstance(value, str):
        return f"\x01compiled-{number}\x01"
    return -(9_000_000_000 + number)
