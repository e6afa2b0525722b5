"""Hold what a paid month finds no room for, until there is room.

A renewal was agreed a month ago: it delivers what fits, and the rest as room appears within its month.
What was paid for is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from connects.acts.credits.deliver_waiting import Rest, hold_for_room
from connects.journal.port import Posted
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.market.payments.models import PaymentStatus
from connects.market.plans.models import PlanPayment


def hold_rest_for_room(
    posted: Iterable[Posted],
    payments: Mapping[int, PlanPayment],
    until: Mapping[int, datetime],
    now: datetime,
) -> None:
    """Hold the part of paid months that did not fit, until there is room or each account's month ends."""
    rests = []
    for one in posted:
        entry = one.record.entry if one.record is not None else None
        if entry is None or entry.kind is not EntryKind.PLAN or not entry.withheld:
            continue
        payment = payments.get(entry.wallet)
        if payment is not None and payment.status == PaymentStatus.PAID:
            rests.append(
                Rest(
                    account=entry.wallet,
                    kind=LotKind.PLAN,
                    credits=entry.withheld,
                    key=entry.key,
                    reference=entry.reference,
                    until=until[entry.wallet],
                    payment=payment.reference,
                )
            )
    hold_for_room(rests, now)
