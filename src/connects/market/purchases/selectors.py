"""The bundles that can be bought, and an account's auto top-up."""

from __future__ import annotations

from collections.abc import Iterable

from connects.bootstrap.clock import now as clock_now
from connects.market.members.selectors import party_of
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase, TopUp
from connects.policy.terms import Bundle


def bundle_offers(account: Account) -> tuple[Bundle, ...]:
    """The bundles that the account's rule book offers to an account of its kind."""
    party = party_of(account, clock_now())
    return party.book.bundles.offered_to(party.kind)


def top_up_of(account: Account) -> TopUp | None:
    """The account's auto top-up; None where it never had one."""
    return TopUp.objects.filter(account=account).first()


def purchases_by_reference(references: Iterable[str]) -> dict[str, Purchase]:
    """Purchases by their names in the journal; nothing is asked for none."""
    prefix = f"{Purchase.NOUN}:"
    names = {r.removeprefix(prefix) for r in references if r.startswith(prefix)}
    rows = Purchase.objects.filter(public_id__in=names) if names else ()
    return {row.reference: row for row in rows}


def purchase_called(name: str) -> Purchase | None:
    """The purchase that a host reported under that name."""
    return Purchase.objects.select_related("account").filter(external_id=name).first()
