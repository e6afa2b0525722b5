"""Movements of money as bookkeeping: payments, refunds, chargebacks, earnings."""

from __future__ import annotations

from datetime import datetime

from connects.statements.books.cash import Against, Cash, CashKind
from connects.statements.books.chart import (
    BANK,
    EARNINGS,
    MARKETPLACE,
    MEMBERSHIPS,
    REFUNDABLE,
    REFUNDS,
    TAX,
    UNDELIVERED,
    Transaction,
    cash,
    fees,
    transaction,
)
from connects.vocabulary.amounts import Cents


def of_cash(moved: Cash) -> Transaction:
    """A payment, or money that went back, as a transaction."""
    return transaction(
        moved.at.date(),
        f"{moved.kind.value} through {moved.provider}",
        moved.reference,
        (cash(moved.provider), moved.cents - moved.fee, moved.currency),
        (fees(moved.provider), moved.fee, moved.currency),
        (TAX, -moved.tax_cents, moved.currency),
        (UNDELIVERED, -moved.excess_cents, moved.currency),
        (
            _counterpart(moved),
            moved.tax_cents + moved.excess_cents - moved.cents,
            moved.currency,
        ),
    )


def of_refund(at: datetime, reference: str, cents: Cents, currency: str) -> Transaction:
    """A refund requested (positive) or answered (negative): in between it is owed."""
    return transaction(
        at.date(),
        "refund asked for" if cents > 0 else "refund answered",
        reference,
        (REFUNDS, cents, currency),
        (REFUNDABLE, -cents, currency),
    )


def _counterpart(moved: Cash) -> str:
    if moved.kind is CashKind.PAYOUT:
        return BANK
    if moved.kind is CashKind.FEE:
        return fees(moved.provider)
    if moved.against is Against.MEMBERSHIP:
        return MEMBERSHIPS
    if moved.against is Against.NOTHING or moved.kind is CashKind.PAYMENT:
        return UNDELIVERED
    return REFUNDS


def of_earnings(
    at: datetime, what: str, reference: str, cents: Cents, currency: str
) -> Transaction:
    """Earnings that arrived (positive) or were paid out. Payments out of them are cash movements."""
    return transaction(
        at.date(),
        f"earnings {what}",
        reference,
        (EARNINGS, -cents, currency),
        (MARKETPLACE, cents, currency),
    )
