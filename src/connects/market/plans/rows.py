"""Subscriptions as light rows: read and locked, changed, and saved by the thousand.

A renewal run touches every account once a month, and building a model's instance for each would cost
more than the ledger does. What differs by database stands side by side here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from connects.market.plans.models import Subscription
from connects.vocabulary.parties import AccountKind

_COLUMNS = (
    "plan",
    "anchor",
    "cycle_start",
    "renews",
    "next_plan",
    "tries",
    "next_try",
    "next_drip",
)


_DATES = ("cycle_start", "renews")

_KINDS = {kind.value: kind for kind in AccountKind}


@dataclass(slots=True)
class SubscriptionRow:
    """A subscription as read, to be changed and saved. See `models.Subscription`.

    `frozen` is read and never saved: only `acts.memberships.freeze` changes it.
    """

    account: int
    kind: AccountKind
    plan: str
    anchor: datetime
    cycle_start: datetime
    renews: datetime
    next_plan: str
    tries: int
    next_try: datetime | None
    next_drip: datetime | None
    frozen: datetime | None


def read_subscriptions(rows: QuerySet[Subscription]) -> list[SubscriptionRow]:
    """The chosen subscriptions, in the order of the query."""
    found = rows.values_list("account_id", "kind", *_COLUMNS, "frozen")
    return [SubscriptionRow(account, _KINDS[kind], *columns) for account, kind, *columns in found]


def lock_free(rows: QuerySet[Subscription]) -> list[SubscriptionRow]:
    """The chosen subscriptions that no other transaction has locked, locked until the end."""
    return read_subscriptions(rows.select_for_update(of=("self",), skip_locked=True))


def lock_each(rows: QuerySet[Subscription]) -> list[SubscriptionRow]:
    """All chosen subscriptions, locked until the end, after waiting for other transactions.

    In the order of their accounts, so that two that wait for the same ones never wait in a circle.
    """
    return read_subscriptions(rows.order_by("account_id").select_for_update(of=("self",)))


def lock_subscription(account: int) -> SubscriptionRow:
    """One subscription, locked until the end, after waiting for other transactions."""
    rows = Subscription.objects.select_for_update(of=("self",)).filter(account_id=account)
    return read_subscriptions(rows)[0]


def save_subscriptions(held: Sequence[SubscriptionRow]) -> None:
    """Save many locked rows at once."""
    _save(held, _COLUMNS)


def save_dates(held: Sequence[SubscriptionRow]) -> None:
    """Save many locked rows of which only the cycle's dates have changed, as most renewals do."""
    _save(held, _DATES)


def _save(held: Sequence[SubscriptionRow], columns: Sequence[str]) -> None:
    if held:
        with connection.cursor() as cursor:
            _SAVE[connection.vendor](cursor, held, columns)


_Value: TypeAlias = str | int | datetime | None


_TYPES = {"plan": "text", "next_plan": "text", "tries": "smallint"}


def _save_on_postgresql(
    cursor: CursorWrapper, held: Sequence[SubscriptionRow], columns: Sequence[str]
) -> None:
    types = (_TYPES.get(column, "timestamptz") for column in columns)
    arrays = ", ".join(f"%s::{name}[]" for name in ("bigint", *types))
    changes = ", ".join(f"{column} = new.{column}" for column in columns)
    cursor.execute(
        f"UPDATE plans_subscription s SET {changes}"  # noqa: S608 columns of this module
        f" FROM unnest({arrays}) AS new(account_id, {', '.join(columns)})"
        " WHERE s.account_id = new.account_id",
        [[getattr(row, column) for row in held] for column in ("account", *columns)],
    )


def _save_on_sqlite(
    cursor: CursorWrapper, held: Sequence[SubscriptionRow], columns: Sequence[str]
) -> None:
    changes = ", ".join(f"{column} = %s" for column in columns)
    cursor.executemany(
        f"UPDATE plans_subscription SET {changes} WHERE account_id = %s",  # noqa: S608 columns of this module
        [[*(_for_sqlite(getattr(row, column)) for column in columns), row.account] for row in held],
    )


def _for_sqlite(value: _Value) -> _Value:
    if not isinstance(value, datetime):
        return value
    adapted: str | None = connection.ops.adapt_datetimefield_value(value)
    return adapted


_SAVE: dict[str, Callable[[CursorWrapper, Sequence[SubscriptionRow], Sequence[str]], None]] = {
    "postgresql": _save_on_postgresql,
    "sqlite": _save_on_sqlite,
}
