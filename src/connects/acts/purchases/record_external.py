"""Purchases that a host was paid for at its own till: their Connects are issued here, with their cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from connects.acts.money.record_cash import note_cash
from connects.acts.purchases.deliver import deliver_purchase
from connects.billing.port import Paid
from connects.bootstrap.clock import now as clock_now
from connects.market.members.selectors import party_of
from connects.market.payments.models import EXTERNAL
from connects.market.people.models import Account
from connects.market.people.standing import closed_problem
from connects.market.purchases.models import Purchase
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import key_reused


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalPurchase:
    """What a host reports: how many Connects were bought, for how much, under which name of its own."""

    external_id: str
    credits: Connects
    paid: Money
    reference: str
    sent_fields: Mapping[str, str]


def record_external(account: Account, bought: ExternalPurchase) -> Purchase | Refused:
    """Issue what was paid for elsewhere; the money is in the books at `external`.

    A member who has paid gets the Connects above any balance limit, too. Refused with `not_allowed`, or
    `invalid` for another currency than the account's rule book's.
    """
    refused = closed_problem(account)
    if refused is not None:
        return refused
    now = clock_now()
    party = party_of(account, now)
    if bought.paid.currency != party.book.currency:
        return invalid(Problem.OTHER_CURRENCY, field="paid", currency=party.book.currency)
    try:
        with transaction.atomic():
            purchase = Purchase(
                account=account,
                key=bought.external_id,
                external_id=bought.external_id,
                sent_fields=dict(bought.sent_fields),
                credits=bought.credits,
                price_cents=bought.paid.cents,
                currency=bought.paid.currency,
                method=EXTERNAL,
                provider=EXTERNAL,
                rule_book=party.book.label,
                ordered=now,
            )
            purchase.record_paid(Paid(bought.reference, bought.paid, 0), now)
            deliver_purchase(purchase, now)
            purchase.save(force_insert=True)
            note_cash(purchase, now)
            return purchase
    except IntegrityError:
        # Another call under this name was faster.
        return key_reused(bought.external_id)
