"""Rows of models, made and saved by the hundred.

What Django does for each field of each row (signals, descriptors, a preparation for every value) takes
ten times as long as all else that a batch does. Here a row is a dictionary of its fields, and saving
takes whole columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Model
from django.db.models.base import ModelState
from pydantic_core import to_json

from connects.journal.databases.postgresql.arrays import array, unnested
from connects.journal.databases.postgresql.pipelines import tell

M = TypeVar("M", bound=Model)

SQLITE_AT_ONCE = 500


def new_row(model: type[M], values: Mapping[str, Any], **related: Model) -> M:
    """A row that is not saved: `values` by the names of columns (`job_id`), the rest as by default.

    `related` are rows that foreign keys name, where they are at hand.
    """
    defaults, calls = _defaults(model)
    made = {name: call() for name, call in calls if name not in values}
    return _row(model, {**defaults, **made, **values}, related)


def read_row(model: type[M], values: Mapping[str, Any]) -> M:
    """A row of the database; columns that are not among these are read when they are asked for."""
    row = _row(model, values, {})
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def _row(model: type[M], values: Mapping[str, Any], related: Mapping[str, Model]) -> M:
    row = model.__new__(model)
    row._state = ModelState()
    if related:
        row._state.fields_cache.update(related)
    row.__dict__.update(values)
    return row


@lru_cache
def _defaults(
    model: type[Model],
) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """What its fields are by default, and what makes it where it is new for each row."""
    fields = model._meta.concrete_fields
    made = [each for each in fields if each.has_default() and callable(each.default)]
    same = {each.attname: each.get_default() for each in fields if each not in made}
    return same, [(each.attname, each.get_default) for each in made]


def save_new(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Save new rows of one model with one statement on PostgreSQL, and give them their numbers.

    Where conflicts are ignored, they get none. What is written together with others' rows (see
    `journal.post`) is written, and has its numbers, at the end of that.
    """
    if not rows:
        return
    model = rows[0].__class__
    if connection.vendor == "sqlite":
        model._default_manager.bulk_create(
            rows, batch_size=SQLITE_AT_ONCE, ignore_conflicts=ignore_conflicts
        )
        return
    sql, values = _insertion(model, [vars(row) for row in rows])
    own = connections[DEFAULT_DB_ALIAS]
    if ignore_conflicts:
        tell(own, f"{sql} ON CONFLICT DO NOTHING", values)
        return

    def number(numbers: list[tuple[Any, ...]]) -> None:
        for row, (number,) in zip(rows, numbers, strict=True):
            row.pk = number
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    tell(own, f"{sql} RETURNING {rows[0]._meta.pk.column}", values, number)


def add_to(model: type[Model], column: str, numbers: Mapping[int, int]) -> None:
    """Add to a column of locked rows of the model: how much to each, by its id."""
    table, ids = model._meta.db_table, list(numbers)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{table}" SET "{column}" = "{column}" + %s WHERE id = %s',
                [(numbers[each], each) for each in ids],
            )
        return
    added = unnested(("id", "bigint"), ("more", "integer"))
    tell(
        connections[DEFAULT_DB_ALIAS],
        f'UPDATE "{table}" AS own SET "{column}" = own."{column}" + each.more'
        f" FROM {added} WHERE own.id = each.id",
        [array("bigint", ids), array("integer", list(numbers.values()))],
    )


def save_columns(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Save these fields of rows that are there, with one statement on PostgreSQL."""
    if not rows:
        return
    model = rows[0].__class__
    table, ids = model._meta.db_table, [row.pk for row in rows]
    columns = [each for each in _columns(model) if each[0] in names]
    if connection.vendor == "sqlite":
        changes = ", ".join(f'"{column}" = %s' for _, column, _ in columns)
        fields = [model._meta.get_field(name) for name, _, _ in columns]
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{table}" SET {changes} WHERE id = %s',
                [[*(_for_sqlite(field, row) for field in fields), row.pk] for row in rows],
            )
        return
    changes = ", ".join(f'"{column}" = each.{column}::{kind}' for _, column, kind in columns)
    sent = [(column, _SENT_AS.get(kind, kind)) for _, column, kind in columns]
    arrays = [_as_array([vars(row)[name] for row in rows], kind) for name, _, kind in columns]
    tell(
        connections[DEFAULT_DB_ALIAS],
        f'UPDATE "{table}" AS own SET {changes}'
        f" FROM {unnested(('id', 'bigint'), *sent)} WHERE own.id = each.id",
        [array("bigint", ids), *arrays],
    )


def _for_sqlite(field: Any, row: Model) -> Any:
    return field.get_db_prep_save(vars(row)[field.attname], connection)


def save_values(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Save new rows of which nobody needs more, each as its values; those that are there stay.

    The values are by the names of columns, the rest as by default, as for `new_row`.
    """
    if connection.vendor == "sqlite":
        save_new([new_row(model, values) for values in rows], ignore_conflicts=True)
    elif rows:
        defaults, calls = _defaults(model)
        assert not calls, "each row has a value of its own for what is made anew"
        sql, values = _insertion(model, [{**defaults, **each} for each in rows])
        tell(connections[DEFAULT_DB_ALIAS], f"{sql} ON CONFLICT DO NOTHING", values)


def _insertion(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[Any]]:
    """The rows' statement, and its values: what is the same in all is sent once, the rest as arrays."""
    shared: list[tuple[str, str]] = []
    listed: list[tuple[str, str]] = []
    once: list[Any] = []
    arrays: list[Any] = []
    columns = _columns(model)
    each_row = map(itemgetter(*(name for name, _, _ in columns)), rows)
    for (_, column, kind), values in zip(columns, zip(*each_row, strict=True), strict=True):
        if values.count(values[0]) == len(values):
            shared.append((column, kind))
            once.append(_as_text(values[0], kind))
        else:
            listed.append((column, kind))
            arrays.append(_as_array(values, kind))
    return _statement(model._meta.db_table, tuple(shared), tuple(listed)), [*once, *arrays]


@lru_cache(maxsize=256)
def _statement(
    table: str, shared: tuple[tuple[str, str], ...], listed: tuple[tuple[str, str], ...]
) -> str:
    columns = ", ".join(f'"{column}"' for column, _ in (*shared, *listed))
    selected = [f"%s::{kind}" for _, kind in shared]
    selected += [f"each.{column}::{kind}" for column, kind in listed]
    source = unnested(*((column, _SENT_AS.get(kind, kind)) for column, kind in listed))
    given = f" FROM {source}" if listed else ""
    return f'INSERT INTO "{table}" ({columns}) SELECT {", ".join(selected)}{given}'


@lru_cache
def _columns(model: type[Model]) -> list[tuple[str, str, str]]:
    """The attribute, the column and the type of each field but the number that the database gives."""
    return [
        (field.attname, str(field.column), _kind(str(field.db_type(connection))))
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField)
    ]


_KINDS = {"varchar": "text", "timestamp with time zone": "timestamptz", "smallint": "integer"}
_SENT_AS = {"jsonb": "text", "boolean": "text"}


def _kind(db_type: str) -> str:
    plain = db_type.partition("(")[0]
    return _KINDS.get(plain, plain)


def _as_text(value: Any, kind: str) -> str | None:
    if value is None:
        return None
    if kind == "jsonb":
        return to_json(value).decode()
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _as_array(values: Sequence[Any], kind: str) -> Any:
    if kind in _SENT_AS:
        return array("text", [_as_text(value, kind) for value in values])
    return array(kind, values)
