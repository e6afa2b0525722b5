"""Reconcile a day with the providers, after asking about the repayments that their lists name.

A webhook may be lost for good. The list of movements is the second way to hear of a refund or a
dispute; what is booked is what the provider says of the payment itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from connects.acts.books.reconcile_day import reconcile_day
from connects.acts.money.compare_repayments import compare_repayments
from connects.acts.purchases.continue_payments import payment_called
from connects.billing.port import PaymentProvider
from connects.bootstrap.providers import providers
from connects.market.books.models import Reconciliation

WENT_BACK = ("refund", "dispute", "dispute-reversal")


def reconcile(day: date, now: datetime) -> Iterator[Reconciliation]:
    """Book the repayments that no webhook told of, then reconcile the day. Raises ConnectionError."""
    for provider in providers():
        for payment in _touched(provider, day):
            found = payment_called(provider.name, payment)
            if found is not None:
                compare_repayments(found, now)
    yield from reconcile_day(day, now)


def _touched(provider: PaymentProvider, day: date) -> set[str]:
    """The payments whose money went back, or came again, on that day (UTC)."""
    begins = datetime.combine(day, time(), UTC)
    lines = provider.transactions(begins, begins + timedelta(days=1))
    return {line.payment for line in lines if line.kind in WENT_BACK and line.payment}
