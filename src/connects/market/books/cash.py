"""Noting that money moved, in the transaction of what it was for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connects.market.books.models import CashMovement
from connects.market.payments.models import Payable, PaymentStatus
from connects.statements.books.money_lines import Against, CashKind
from connects.vocabulary.amounts import Cents

BY_LIST = ("stripe", "paypal")
"""Providers whose list of movements is reconciled with ours."""


def note_cash(row: Payable, kind: CashKind, now: datetime) -> None:
    """Money of a payment came, or went back."""
    _movement(row, kind, now).save(force_insert=True)


def note_payments(rows: Sequence[Payable], now: datetime) -> None:
    """The money of these payments came."""
    movements = [_movement(row, CashKind.PAYMENT, now) for row in rows]
    CashMovement.objects.bulk_create(movements, batch_size=500)


def _movement(row: Payable, kind: CashKind, now: datetime) -> CashMovement:
    comes = kind in (CashKind.PAYMENT, CashKind.DISPUTE_WON)
    against, sign = _against(row, kind), 1 if comes else -1
    taxed = against is not Against.NOTHING
    return CashMovement(
        at=now,
        kind=kind,
        against=against,
        account_id=row.account_id,
        reference=row.reference,
        provider=row.provider or "none",
        provider_reference=row.provider_reference,
        cents=sign * row.received_cents,
        tax_cents=sign * row.tax_cents if taxed else 0,
        fee_cents=_fee(row, kind),
        currency=row.received_currency,
    )


def _fee(row: Payable, kind: CashKind) -> Cents | None:
    """What the provider kept: it says so of a payment, and of a dispute only in its list."""
    if kind is CashKind.PAYMENT:
        return row.fee_cents
    return None if row.provider in BY_LIST and kind is not CashKind.REFUND else 0


def _against(row: Payable, kind: CashKind) -> Against:
    """What the money was for. What arrived as another amount than asked was for nothing."""
    if row.received != row.total or row.status == PaymentStatus.MISMATCHED:
        return Against.NOTHING
    if row.lot is None:
        return Against.MEMBERSHIP
    if kind is CashKind.PAYMENT or row.reversal is not None:
        return Against.CONNECTS
    return Against.USED_UP
