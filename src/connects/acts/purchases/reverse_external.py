"""Take back Connects that were paid for at a host, whose money went back there."""

from __future__ import annotations

from connects.acts.money.refund import refunded_at_provider
from connects.market.payments.models import EXTERNAL, PaymentStatus
from connects.market.purchases.models import Purchase
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def reverse_external(purchase: Purchase) -> Purchase | Refused:
    """The money went back at the host: the lot is taken back, and what was spent of it becomes debt.

    Twice is once. Refused with `invalid` for what was not paid elsewhere.
    """
    if purchase.provider != EXTERNAL:
        return invalid(Problem.NOT_PAID, field="purchase")
    if purchase.status == PaymentStatus.REFUNDED:
        return purchase
    return refunded_at_provider(purchase)
