"""Giving back what a reversal took, where the money has stayed here after all."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.bootstrap.journals import journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.market.members.selectors import rule_book_of
from connects.market.payments.models import Payable
from connects.statements.books.journal_lines import REINSTATED
from connects.vocabulary.refusals import Refused


def reinstate(row: Payable, now: datetime) -> None:
    """Issue what was reversed, and what became debt: the debt is paid from it at once.

    It expires when the lot would have, but not before a return's grace is over. Runs in the caller's
    transaction, and puts the new lot on the row.
    """
    if row.lot is None or row.reversal is None:
        return
    entry = journal().entry(row.account_id, row.reversal).entry
    bought = journal().entry(row.account_id, row.lot).entry.lot
    assert bought is not None
    row.reversal = None
    credits = entry.debt_change - entry.credits
    outcome = journal().post_one(
        Issue(
            wallet=row.account_id,
            key=f"{REINSTATED}{row.public_id}:{row.reversals}",
            reference=row.reference,
            rule_book=row.rule_book,
            effective=now,
            kind=LotKind(bought.kind),
            credits=credits,
            cost_cents=row.price_cents * credits // bought.credits,
            expires=_expiry(row, bought.expires, now),
        ),
        now,
    )
    assert not isinstance(outcome, Refused), outcome
    assert outcome.record is not None
    row.lot = outcome.record.entry.number


def _expiry(row: Payable, expires: datetime | None, now: datetime) -> datetime | None:
    if expires is None:
        return None
    grace = timedelta(days=rule_book_of(row.account, now).returns.grace_days)
    return max(expires, now + grace)
