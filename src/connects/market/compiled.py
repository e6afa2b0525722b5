"""Queries whose SQL is made once for each shape, for what hosts ask thousands of times a second.

Django makes a query's SQL anew each time, which takes several times as long as the database needs to
answer by a unique key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = str | int


class Compiled(Generic[M]):
    """A query by texts and whole numbers, which stand in its SQL as parameters.

    `build` makes the queryset from as many values as it is asked with. Foreign rows are not read along.
    """

    def __init__(self, build: Callable[[Sequence[Any]], QuerySet[M]]) -> None:
        self._build = build
        self._made: dict[tuple[str, tuple[type, ...]], tuple[QuerySet[M], str, list[Any]]] = {}

    def rows(self, *values: Value) -> list[M]:
        """The rows for these values, with one query; for none at all, none."""
        if not values:
            return []
        shape = (connection.vendor, tuple(map(type, values)))
        made = self._made.get(shape)
        if made is None:
            made = self._made[shape] = self._compiled(values)
        rows, sql, places = made
        given = [values[place.number] if isinstance(place, _Place) else place for place in places]
        return list(rows.raw(sql, given))

    def _compiled(self, values: Sequence[Value]) -> tuple[QuerySet[M], str, list[Any]]:
        marked = [_mark(value, number) for number, value in enumerate(values)]
        rows = self._build(marked)
        sql, params = rows.query.sql_with_params()
        by_mark = {mark: _Place(number) for number, mark in enumerate(marked)}
        return rows, sql, [by_mark.get(param, param) for param in params]


class _Place:
    """Where a value stands among the parameters."""

    def __init__(self, number: int) -> None:
        self.number = number


def _mark(value: Value, number: int) -> Value:
    """A value that no query has by itself."""
    if isinstance(value, str):
        return f"\x01compiled-{number}\x01"
    return -(9_000_000_000 + number)
