"""What can be bought, and what was."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.market.members.selectors import party_of
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.policy.terms import Bundle


def offers(account: Account) -> tuple[Bundle, ...]:
    """The bundles that the account's rule book offers to an account of its kind."""
    party = party_of(account, clock_now())
    return party.book.bundles.offered_to(party.kind)


def own_purchase(account: Account, public_id: str) -> Purchase | None:
    """The account's own purchase of that name."""
    return Purchase.objects.filter(account=account, public_id=public_id).first()


def paid_purchases(account: Account) -> list[Purchase]:
    """The account's last purchases whose money is here, newest first, for staff."""
    rows = Purchase.objects.filter(account=account, status=PaymentStatus.PAID)
    return list(rows.order_by("-id")[:20])
