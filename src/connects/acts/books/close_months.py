"""Closing months: the report of each month that is over, made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from connects.market.books.models import MonthClose
from connects.market.books.reading import main_currency, transactions
from connects.market.books.snapshot import snapshot
from connects.market.people.models import Account
from connects.statements.books.roll_forward import Close, Months, month_after


def close_months(months: Sequence[date]) -> list[Close]:
    """The reports of the months that begin on those days, from all that is in the books now."""
    sums = Months()
    with snapshot():
        for moved in transactions():
            sums.add(moved)
        currency = main_currency()
    return [sums.close(month, currency) for month in months]


def close_what_is_over(now: datetime) -> int:
    """Make and keep the reports of months that are over and have none yet; how many that were."""
    months = _months_to_close(now)
    if not months:
        return 0
    rows = [
        MonthClose(month=closed.month, figures=closed.figures(), made=now)
        for closed in close_months(months)
    ]
    MonthClose.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _months_to_close(now: datetime) -> list[date]:
    """The months that are over and have no report yet, oldest first: from the first movement on."""
    last = MonthClose.objects.order_by("-month").values_list("month", flat=True).first()
    month = month_after(last) if last else _first_month()
    found = []
    while month is not None and month_after(month) <= now.date():
        found.append(month)
        month = month_after(month)
    return found


def _first_month() -> date | None:
    """The month in which the first member came."""
    first = Account.objects.order_by("registered").values_list("registered", flat=True).first()
    return first.date().replace(day=1) if first else None
