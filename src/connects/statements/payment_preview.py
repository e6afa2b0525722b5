"""Preview paying for a proposal: from which lots it would come, and what would be left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from connects.ledger.booking.spend import draws_for
from connects.ledger.lots import Lot
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


@dataclass(frozen=True, slots=True)
class LotShare:
    """Credits that one lot would pay."""

    lot: Lot
    credits: Connects


@dataclass(frozen=True, slots=True)
class PaymentPreview:
    """What a proposal would do to a wallet. `missing` are the Connects that it lacks (0: none)."""

    charged: Connects
    balance: Connects
    balance_after: Connects
    missing: Connects
    debt: Connects
    shares: tuple[LotShare, ...]

    @property
    def affordable(self) -> bool:
        return not self.missing and not (self.debt and self.charged)


def preview_payment(wallet: Wallet, connects: Connects, now: datetime) -> PaymentPreview:
    """Preview what paying `connects` now would do, by the same order in which the ledger spends.

    Lots whose time has come no longer count, whether or not their expiry has been written yet.
    """
    live = tuple(lot for lot in wallet.lots if lot.live_at(now))
    held = replace(wallet, lots=live, balance=sum(lot.credits for lot in live))
    missing = max(connects - held.balance, 0)
    draws = () if missing or not connects else draws_for(held, connects)
    lots = {lot.number: lot for lot in live}
    shares = tuple(LotShare(lots[draw.lot], -draw.credits) for draw in draws)
    return PaymentPreview(
        charged=connects,
        balance=held.balance,
        balance_after=held.balance if missing else held.balance - connects,
        missing=missing,
        debt=held.debt,
        shares=shares,
    )
