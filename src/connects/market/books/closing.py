"""Closing months: the report of each month that is over, made once and kept."""

from __future__ import annotations

from datetime import date, datetime

from connects.market.books.models import MonthClose
from connects.market.books.reading import main_currency, transactions
from connects.market.books.snapshot import snapshot
from connects.statements.books.roll_forward import Close, close


def close_month(month: date) -> Close:
    """The report of the month that begins on that day, from all that is in the books now."""
    with snapshot():
        return close(month, transactions(), main_currency())


def keep_close(month: date, now: datetime) -> MonthClose:
    """Make the report of a month and keep it; one that was kept stays as it was."""
    found = MonthClose.objects.filter(month=month).first()
    if found is not None:
        return found
    figures = close_month(month).figures()
    kept, _ = MonthClose.objects.get_or_create(
        month=month, defaults={"figures": figures, "made": now}
    )
    return kept
