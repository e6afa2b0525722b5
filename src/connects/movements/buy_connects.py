"""Buy Connects: what may be ordered.

The money moves between the order and its delivery, outside any transaction. So the order reserves its
room under the balance limit (`pending` counts what is ordered and not yet delivered), and the delivery
never refuses (`deliver_connects`): a member who has paid gets their Connects.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.ledger.wallet import Wallet
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


@dataclass(frozen=True, slots=True)
class Order:
    """Connects that may be bought, their price, the balance after, and when they would expire."""

    credits: Connects
    price: Money
    method: str
    balance: Connects
    balance_after: Connects
    expires: datetime | None


def order_connects(
    party: Party,
    wallet: Wallet,
    credits: Connects,
    method: str,
    now: datetime,
    pending: Connects = 0,
) -> Order | Refused:
    """Whether this party may buy `credits` now, and for how much.

    Refused with `bundle_unknown`, `not_allowed` (the plan buys no extra Connects),
    `payment_method_unavailable` or `balance_cap`.
    """
    book = party.book
    if book.bundles.paid_plans_only and book.plan(party.plan).price(party.kind) == 0:
        return not_allowed(Problem.PLAN_BUYS_NONE, plan=party.plan)
    cents = book.bundles.price_of(credits, party.kind)
    if cents is None:
        return Refused(RefusalCode.BUNDLE_UNKNOWN, {"credits": credits})
    if method not in book.payment.methods:
        return Refused(RefusalCode.PAYMENT_METHOD_UNAVAILABLE, {"method": method})
    limit = party.balance_limit
    held = wallet.counted(plan_too=book.limits.counts_plan_connects)
    if limit is not None and held + pending + credits > limit:
        return Refused(
            RefusalCode.BALANCE_CAP,
            {
                "limit": limit,
                "balance": wallet.balance,
                "credits": credits,
                "room": max(limit - held - pending, 0),
            },
        )
    return Order(
        credits=credits,
        price=Money(cents, book.currency),
        method=method,
        balance=wallet.balance,
        balance_after=wallet.balance + max(credits - wallet.debt, 0),
        expires=book.expiry.of_issue(now),
    )
