"""Take back Connects whose money went back, wholly or in part.

    connects_for_refund(40, refunded=300, price=600)    # 20: of 40 for $6.00, $3.00 went back
    take_back(journal, MoneyBack(...), now)             # Posted, or why not

Of a lot of n Connects for the price p, floor(n x r / p) are taken once r has gone back in all, less
what was taken before; so several partial refunds never take more than one for their sum, and the last
takes all that is left. It is taken from what is left of the lot and of what came back late of it; the
rest is the wallet's debt. Money is counted without tax throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.journal.port import Outcome, Posted
from connects.journal.post import Journal
from connects.ledger.commands import Reverse
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """Money of a payment that went back.

    `lot` is the number of the lot that the payment became. `refunded_cents` is all that has gone back
    of `price_cents` by now, this time included and without what failed since. `key` names this time:
    each refund or dispute has its own.
    """

    wallet: int
    lot: int
    key: str
    reference: str
    rule_book: str
    refunded_cents: Cents
    price_cents: Cents


def connects_for_refund(credits: Connects, refunded: Cents, price: Cents) -> Connects | None:
    """How many of a lot's credits are to be taken once `refunded` of its price went back in all.

    None: all that there are. Rounded down, in the member's favour.
    """
    if refunded >= price:
        return None
    return credits * refunded // price


def take_back(journal: Journal, back: MoneyBack, now: datetime) -> Outcome:
    """Reverse the lot, or a part of it; the entry says what was taken, and what became debt.

    Refused with `invalid`: `lot_unknown`; `lot_reversed` where it was taken whole before, so that
    there is nothing left to take; `refund_out_of_range` where nothing, or less, went back.
    """
    issued = journal.entry_or_none(back.wallet, back.lot)
    if issued is None or issued.entry.lot is None:
        return invalid(Problem.LOT_UNKNOWN)
    if not 0 < back.refunded_cents <= back.price_cents:
        return invalid(Problem.REFUND_OUT_OF_RANGE, cents=back.refunded_cents)
    up_to = connects_for_refund(issued.entry.lot.credits, back.refunded_cents, back.price_cents)
    return journal.post_one(
        Reverse(
            wallet=back.wallet,
            key=back.key,
            reference=back.reference,
            rule_book=back.rule_book,
            effective=now,
            lot=back.lot,
            up_to=up_to,
        ),
        now,
    )


def connects_taken(posted: Posted) -> Connects:
    """How many Connects a taking took in all, debt included."""
    if posted.record is None:
        return 0
    entry = posted.record.entry
    return entry.debt_change - entry.credits
