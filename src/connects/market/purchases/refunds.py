"""Refunds and chargebacks: the money of a purchase goes back, and so do its Connects.

What is left of the lot is reversed; what was spent of it becomes the wallet's debt, which later grants,
returns and purchases pay first (RULES 3).
"""

from __future__ import annotations

from django.db import transaction

from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.commands import Reverse
from connects.market.earnings.services import give_back
from connects.market.notices.services import put_in_outbox
from connects.market.people.models import User
from connects.market.purchases.models import Purchase, PurchaseStatus
from connects.market.trust.services import note_act
from connects.vocabulary.events import Event
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import RefusalCode, Refused


def refund(purchase: Purchase, staff: User | None, reason: str) -> Purchase | Refused:
    """Staff give the money back. Refused with `not_allowed`, or `invalid` if it went back before."""
    if staff is not None and staff.staff_role not in (Role.OPERATOR, Role.SUPPORT, Role.FINANCE):
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "support_only"})
    return _go_back(purchase, PurchaseStatus.REFUNDED, staff, reason)


def charge_back(purchase: Purchase) -> Purchase | Refused:
    """The card's bank has taken the money back. Refused with `invalid` if it went back before."""
    return _go_back(purchase, PurchaseStatus.CHARGED_BACK, None, "the bank took it back")


def _go_back(
    purchase: Purchase, status: PurchaseStatus, staff: User | None, reason: str
) -> Purchase | Refused:
    now = clock_now()
    with transaction.atomic():
        row = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
        if row.status != PurchaseStatus.PAID or row.lot is None:
            return Refused(RefusalCode.INVALID, {"problem": "not_paid", "field": "purchase"})
        outcome = journal().post_one(
            Reverse(
                wallet=row.account_id,
                key=f"reverse:{row.public_id}",
                reference=f"purchase:{row.public_id}",
                rule_book=row.rule_book,
                effective=now,
                lot=row.lot,
            ),
            now,
        )
        assert not isinstance(outcome, Refused), outcome
        row.status = status
        row.save(update_fields=["status"])
        if row.method == "earnings":
            give_back(row.account_id, row.price_cents, f"refund:{row.public_id}")
        note_act(staff, status.value, f"purchase:{row.public_id}", reason, now)
        put_in_outbox([_event(row, status, outcome.wallet.debt)], now)
        return row


def _event(row: Purchase, status: PurchaseStatus, debt: int) -> Event:
    return Event(
        key=f"{status.value}:{row.public_id}",
        account=row.account_id,
        code="purchase-reversed",
        parameters={"connects": row.credits, "debt": debt},
    )
