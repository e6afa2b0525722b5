"""Payments whose end is not known are asked after; top-ups and withdrawals are made."""

from __future__ import annotations

from datetime import datetime

from connects.acts.money import withdraw_earnings
from connects.acts.purchases import continue_payments, top_up


class PaymentSource:
    """Payments and refunds to be asked after. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return continue_payments.next_look(until)

    def do(self, until: datetime, now: datetime) -> None:
        continue_payments.look(until, now)


class TopUpSource:
    """Balances that may have fallen under what their owners want to hold. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return top_up.next_check(until)

    def do(self, until: datetime, now: datetime) -> None:
        top_up.check(until, now)


class WithdrawalSource:
    """Earnings to be paid out. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return withdraw_earnings.next_withdrawal(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 each at its own instant
        withdraw_earnings.withdraw_due(until)
