"""Delivering what was bought: the lot, once for each purchase."""

from __future__ import annotations

from datetime import datetime

from connects.actions.buy_connects import deliver_connects
from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_of
from connects.market.purchases.models import Purchase
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Refused


def deliver(purchase: Purchase, now: datetime) -> None:
    """Issue the lot that was paid for, in the caller's transaction. Tax is not a cost of it."""
    outcome = deliver_connects(
        journal(),
        party_of(purchase.account, now),
        purchase.credits,
        Money(purchase.price_cents, purchase.currency),
        purchase.reference,
        now,
    )
    assert not isinstance(outcome, Refused), outcome
    record = outcome.posted[0].record
    assert record is not None
    purchase.lot = record.entry.number
