"""Forecast what the next renewal would trim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.ledger.booking.trim import forfeited
from connects.ledger.commands import Carried
from connects.ledger.lots import Lot, LotKind
from connects.ledger.order import in_burn_order
from connects.ledger.wallet import Wallet
from connects.policy.rollover import kept_at_rollover
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollover:
    """A renewal to come: under which rule book, from which plan to which, when."""

    book: RuleBook
    kind: AccountKind
    ended_plan: str
    new_plan: str
    when: datetime
    carried: Carried | None = None


def rollover_loss(wallet: Wallet, rollover: Rollover) -> Connects:
    """What the renewal would trim of what the wallet holds now, if nothing else happened.

    Lots that expire before it no longer count.
    """
    keep = kept_at_rollover(rollover.book, rollover.kind, rollover.ended_plan, rollover.new_plan)
    if keep is None:
        return 0
    held = wallet.with_lots(tuple(lot for lot in wallet.lots if lot.live_at(rollover.when)))
    draws = forfeited(
        held, keep, bought_too=rollover.book.limits.trims_bought, carried=rollover.carried
    )
    return -sum(draw.credits for draw in draws)


def loss_of_purchase(
    wallet: Wallet, rollover: Rollover, credits: Connects, expires: datetime | None, now: datetime
) -> Connects:
    """How many more Connects the renewal would trim, were `credits` bought now and none spent."""
    lot = Lot(wallet.last_entry + 1, LotKind.PURCHASE, credits, 0, now, expires)
    bigger = wallet.with_lots(in_burn_order((*wallet.lots, lot)))
    return rollover_loss(bigger, rollover) - rollover_loss(wallet, rollover)
