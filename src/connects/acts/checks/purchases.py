"""Check a purchase before it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from connects.acts.purchases import buy
from connects.market.people.models import Account
from connects.statements.checks.check import Check
from connects.statements.checks.plans import check_of_purchase
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Refused


@dataclass(frozen=True, slots=True)
class CheckedPurchase:
    """A purchase as it is shown before it is paid."""

    checkout: buy.Checkout
    check: Check


def check_purchase(account: Account, credits: Connects) -> CheckedPurchase | Refused:
    """What buying so many would cost and change now. Refused as buying them is."""
    looked_at = buy.checkout(account, credits)
    if isinstance(looked_at, Refused):
        return looked_at
    order, due = looked_at.order, looked_at.bill.total
    check = check_of_purchase(
        order.credits, due, order.balance, order.expires, looked_at.lost, looked_at.renews
    )
    return CheckedPurchase(looked_at, check)
