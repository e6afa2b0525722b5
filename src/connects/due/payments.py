"""Payments whose end is not known are asked after; top-ups and withdrawals are made."""

from __future__ import annotations

from datetime import datetime

from connects.market.earnings import withdrawals
from connects.market.purchases import top_ups
from connects.market.settlement import services


class PaymentSource:
    """Payments and refunds to be asked after. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return services.next_look(until)

    def do(self, until: datetime, now: datetime) -> None:
        services.look(until, now)


class TopUpSource:
    """Balances that may have fallen under what their owners want to hold. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return top_ups.next_check(until)

    def do(self, until: datetime, now: datetime) -> None:
        top_ups.check(until, now)


class WithdrawalSource:
    """Earnings to be paid out. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return withdrawals.next_withdrawal(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 each at its own instant
        withdrawals.withdraw_due(until)
