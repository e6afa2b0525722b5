"""Noting that money moved, in the transaction of what it was for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.market.books.models import CashMovement
from connects.market.payments.models import Payable, PaymentStatus
from connects.statements.books.cash import Against, CashKind
from connects.vocabulary.amounts import Cents

BY_LIST = ("stripe", "paypal")
"""Providers whose list of movements is reconciled with ours."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came (positive) or went: in all, the tax in it, what is beyond all that came."""

    cents: Cents
    tax_cents: Cents
    excess_cents: Cents = 0


def note_cash(row: Payable, now: datetime) -> None:
    """The money of a payment came."""
    note_payments([row], now)


def note_payments(rows: Sequence[Payable], now: datetime) -> None:
    """The money of these payments came."""
    movements = []
    for row in rows:
        taxed = _against(row) is not Against.NOTHING
        moved = Moved(row.received_cents, row.tax_cents if taxed else 0)
        movements.append(_movement(row, CashKind.PAYMENT, moved, row.fee_cents, now))
    CashMovement.objects.bulk_create(movements, batch_size=500)


def note_moved_back(row: Payable, kind: CashKind, moved: Moved, now: datetime) -> None:
    """Money of a payment went back, or came again. What a dispute costs, the provider's list says."""
    disputed = kind in (CashKind.CHARGEBACK, CashKind.DISPUTE_WON)
    fee = None if disputed and row.provider in BY_LIST else 0
    _movement(row, kind, moved, fee, now).save(force_insert=True)


def _movement(
    row: Payable, kind: CashKind, moved: Moved, fee: Cents | None, now: datetime
) -> CashMovement:
    return CashMovement(
        at=now,
        kind=kind,
        against=_against(row),
        account_id=row.account_id,
        reference=row.reference,
        provider=row.provider or "none",
        provider_reference=row.provider_reference,
        cents=moved.cents,
        tax_cents=moved.tax_cents,
        excess_cents=moved.excess_cents,
        fee_cents=fee,
        currency=row.received_currency,
    )


def _against(row: Payable) -> Against:
    """The purpose of the money. An amount other than the one requested has none."""
    if not row.matches_order or row.status == PaymentStatus.MISMATCHED:
        return Against.NOTHING
    return Against.MEMBERSHIP if row.lot is None else Against.CONNECTS
