"""Forecast what would come back of a proposal, before it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.policy.terms import RuleBook
from connects.statements.payment_preview import LotShare
from connects.statements.return_cases import return_cases
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import ReturnCause, Stage


@dataclass(frozen=True, slots=True)
class ComesBack:
    """What comes back in one case. `soonest_expiry` is that of the first lot it would go back to.

    `stage` is None where it makes no difference how far the proposal got. `soonest_expiry` is None
    where what comes back never expires, or nothing does.
    """

    cause: ReturnCause
    stage: Stage | None
    connects: Connects
    soonest_expiry: datetime | None


def forecast(book: RuleBook, shares: Sequence[LotShare], now: datetime) -> tuple[ComesBack, ...]:
    """For every way in which a proposal can end: how much of what these lots pay would come back.

    A lot with less than the grace left is not filled again, so its share would live for the grace.
    """
    paid = sum(share.credits for share in shares)
    grace_ends = now + timedelta(days=book.returns.grace_days)
    expiries = [max(s.lot.expires, grace_ends) for s in shares if s.lot.expires is not None]
    soonest = min(expiries, default=None)
    return tuple(
        [
            ComesBack(cause, stage, credits, soonest if credits else None)
            for cause, stage, credits in return_cases(book.returns, paid)
        ]
    )
