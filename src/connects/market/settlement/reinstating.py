"""Giving back what a reversal took, where the money has stayed here after all."""

from __future__ import annotations

from datetime import datetime

from connects.actions.take_back import MoneyStayed, put_back
from connects.bootstrap.journals import journal
from connects.market.members.selectors import rule_book_of
from connects.market.payments.models import Payable
from connects.vocabulary.refusals import Refused


def reinstate(row: Payable, now: datetime) -> None:
    """Put back what was reversed: the lot is as it was, and what became debt is owed no longer.

    Runs in the caller's transaction, and notes on the row that nothing is taken.
    """
    if row.lot is None or row.reversal is None:
        return
    outcome = put_back(
        journal(),
        MoneyStayed(
            wallet=row.account_id,
            lot=row.lot,
            reversal=row.reversal,
            key=f"{row.public_id}:{row.reversals}",
            reference=row.reference,
            rule_book=row.rule_book,
            grace_days=rule_book_of(row.account, now).returns.grace_days,
        ),
        now,
    )
    assert not isinstance(outcome, Refused), outcome
    row.reversal = None
