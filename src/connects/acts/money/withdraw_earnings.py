"""Automatic withdrawals: what was earned is paid out on a schedule, all but what is kept back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.money.move_earnings import locked_earnings, move_out
from connects.bootstrap.clock import now as clock_now
from connects.market.earnings.models import EarningsBalance, Schedule
from connects.market.people.models import Account
from connects.vocabulary.moments import add_months
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

BATCH = 500


def set_schedule(account: Account, schedule: str) -> EarningsBalance | Refused:
    """Choose how often earnings are paid out. Refused with `invalid` or `not_allowed`."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    if schedule not in set(Schedule.values):
        return invalid(Problem.UNKNOWN, field="schedule")
    now = clock_now()
    with transaction.atomic():
        row = locked_earnings(account.pk)
        if row.withdraws != schedule:
            row.withdraws = schedule
            row.next_withdrawal = _next(schedule, now)
            row.save(update_fields=["withdraws", "next_withdrawal"])
        return row


def _next(schedule: str, after: datetime) -> datetime | None:
    if schedule == Schedule.WEEKLY:
        return after + timedelta(days=7)
    return add_months(after, 1, after.day) if schedule == Schedule.MONTHLY else None


def next_due(until: datetime) -> datetime | None:
    """The first instant, by `until`, at which earnings are paid out."""
    rows = EarningsBalance.objects.filter(next_withdrawal__lte=until).order_by("next_withdrawal")
    return rows.values_list("next_withdrawal", flat=True).first()


def do_due(until: datetime, _now: datetime) -> None:
    """Pay out a batch of what is due by `until`, each once for its instant."""
    with transaction.atomic():
        rows = EarningsBalance.objects.select_for_update(of=("self",), skip_locked=True)
        for row in rows.filter(next_withdrawal__lte=until).order_by("next_withdrawal")[:BATCH]:
            assert row.next_withdrawal is not None
            at = row.next_withdrawal
            row.next_withdrawal = _next(row.withdraws, at)
            row.save(update_fields=["next_withdrawal"])
            move_out(row, f"withdrawal:{at.isoformat()}", at)
