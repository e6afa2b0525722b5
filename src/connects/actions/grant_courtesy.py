"""Grant courtesy Connects: an operator gives some, for a reason."""

from __future__ import annotations

from datetime import datetime

from connects.actions.outcome import Accepted
from connects.actions.party import Party
from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Refused


def grant_courtesy(
    journal: Journal,
    party: Party,
    credits: Connects,
    key: str,
    now: datetime,
    expires: datetime | None = None,
) -> Accepted | Refused:
    """Issue a courtesy lot; cut to fit the balance limit (RULES 3). `expires` defaults to the book's."""
    limits = party.book.limits
    outcome = journal.post_one(
        Issue(
            wallet=party.account,
            key=f"courtesy:{key}",
            reference=f"courtesy:{key}",
            rule_book=party.book.label,
            effective=now,
            kind=LotKind.COURTESY,
            credits=credits,
            expires=expires or party.book.expiry.of_issue(now),
            balance_limit=limits.balance_of(party.kind),
            limit_counts_plan=limits.counts_plan_connects,
        ),
        now,
    )
    return outcome if isinstance(outcome, Refused) else Accepted((outcome,))
