"""Deliver Connects that were paid for. It never refuses for want of room: the order reserved it."""

from __future__ import annotations

from datetime import datetime

from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.movements.outcome import Accepted
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.refusals import Refused


def deliver_connects(
    journal: Journal,
    party: Party,
    credits: Connects,
    price: Money,
    reference: str,
    now: datetime,
) -> Accepted | Refused:
    """Issue the lot that was paid for; `reference` names the purchase, and delivers it once."""
    outcome = journal.post_one(
        Issue(
            wallet=party.account,
            key=f"deliver:{reference}",
            reference=reference,
            rule_book=party.book.label,
            effective=now,
            kind=LotKind.PURCHASE,
            credits=credits,
            cost_cents=price.cents,
            expires=party.book.expiry.of_issue(now),
        ),
        now,
    )
    return outcome if isinstance(outcome, Refused) else Accepted((outcome,))
