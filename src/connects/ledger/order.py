"""The order in which lots are spent, expired and trimmed. There is no other place that decides it.

**Spending** takes what would be lost first: soonest expiry, then granted before bought (a member who
paid should see what they paid for last the longest), then oldest. A wallet keeps its open lots in
this order, so the order is paid for when a lot is issued, which is rare, and not when one is spent.

**Expiry** needs no order of its own: lots that never expire sort last, so the lots that are due by an
instant are always a prefix of the burn order.

**Trimming** at a rollover takes plan Connects first, then what was given (sign-up, bonus, courtesy),
then what came back, and what was bought last and only where the rule book says so. Within each of
these it follows the burn order, so that what is kept is what lasts longest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from connects.ledger.lots import Lot, LotKind

NEVER = datetime.max.replace(tzinfo=UTC)

TRIM_RANK = {
    LotKind.PLAN: 0,
    LotKind.SIGNUP: 1,
    LotKind.BONUS: 1,
    LotKind.COURTESY: 1,
    LotKind.RETURN: 2,
    LotKind.PURCHASE: 3,
}


def burn_key(lot: Lot) -> tuple[datetime, bool, datetime, int]:
    """Sort key of the burn order."""
    return (lot.expires or NEVER, lot.kind is LotKind.PURCHASE, lot.issued, lot.number)


def in_burn_order(lots: Iterable[Lot]) -> tuple[Lot, ...]:
    """The lots as they are spent: soonest expiry, granted before bought, oldest."""
    return tuple(sorted(lots, key=burn_key))


def in_trim_order(lots: Iterable[Lot], *, bought_too: bool) -> tuple[Lot, ...]:
    """The lots that a rollover may trim, first to last; bought ones only where `bought_too`."""
    trimmed = (lot for lot in lots if bought_too or lot.kind is not LotKind.PURCHASE)
    return tuple(sorted(trimmed, key=lambda lot: (TRIM_RANK[lot.kind], burn_key(lot))))
