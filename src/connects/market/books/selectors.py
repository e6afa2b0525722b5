"""Closed months, reconciled days and the figures of days, for staff."""

from __future__ import annotations

from datetime import date, datetime

from connects.market.books.models import DayFigures, MonthClose, Reconciliation
from connects.statements.books.roll_forward import Close, from_figures
from connects.vocabulary.typed_input import month

MONTHS_SHOWN = 24
DAYS_SHOWN = 62


def last_closes() -> list[Close]:
    """The last closed months, newest first."""
    rows = MonthClose.objects.order_by("-month")[:MONTHS_SHOWN]
    return [from_figures(row.figures) for row in rows]


def closed_month(name: str) -> tuple[Close, datetime] | None:
    """The kept close of a month such as `2026-10`, and when it was made."""
    first = month(name)
    if first is None:
        return None
    row = MonthClose.objects.filter(month=first.date()).first()
    return (from_figures(row.figures), row.made) if row else None


def last_reconciliations() -> list[Reconciliation]:
    """The last reconciled days, newest first."""
    return list(Reconciliation.objects.order_by("-day", "provider")[:DAYS_SHOWN])


def figures_before(day: date, days: int) -> list[DayFigures]:
    """The figures of the last so many days before that day that were counted, oldest first."""
    rows = DayFigures.objects.filter(day__lt=day).order_by("-day")[:days]
    return list(reversed(rows))
