"""Money that moved, as the books are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from connects.vocabulary.amounts import Cents


class CashKind(StrEnum):
    """Why money moved: between a payer and us, to our bank, or to the provider for its service."""

    PAYMENT = "payment"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    REFUND_BACK = "refund-back"
    DISPUTE_WON = "dispute-won"
    PAYOUT = "payout"
    FEE = "fee"


class Against(StrEnum):
    """The purpose of money: Connects that were delivered; Connects of which a refund found none (as
    recorded before there were partial refunds); a membership without any; or nothing yet.
    """

    CONNECTS = "connects"
    USED_UP = "used-up"
    MEMBERSHIP = "membership"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Cash:
    """Money that came (positive) or went, in cents of `currency`: `cents` with tax, `fee` for the
    provider, `excess_cents` what went back beyond all that had come.
    """

    at: datetime
    kind: CashKind
    against: Against
    provider: str
    reference: str
    cents: Cents
    tax_cents: Cents
    fee: Cents
    currency: str
    excess_cents: Cents = 0
