"""Put Connects back that were taken with money which did not go back after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.ledger.commands import Reinstate

PUT_BACK = "reinstate:"
"""How the idempotency keys begin under which a taking is undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyStayed:
    """A refund that failed afterwards, or a dispute that was won.

    `reversal` is the number of the entry that took its Connects. `grace_days` is for a lot that has
    ended since: the member did not cause that.
    """

    wallet: int
    lot: int
    reversal: int
    key: str
    reference: str
    rule_book: str
    grace_days: int


def put_back(journal: Journal, stayed: MoneyStayed, now: datetime) -> Outcome:
    """Undo one taking: the lot is as it was, and what became debt is owed no longer.

    Refused with `invalid`: `not_a_reversal`, or `reversal_undone` where it was undone before.
    """
    return journal.post_one(
        Reinstate(
            wallet=stayed.wallet,
            key=f"{PUT_BACK}{stayed.key}",
            reference=stayed.reference,
            rule_book=stayed.rule_book,
            effective=now,
            reversal=stayed.reversal,
            lot=stayed.lot,
            grace=timedelta(days=stayed.grace_days),
        ),
        now,
    )
