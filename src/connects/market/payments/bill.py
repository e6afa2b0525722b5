"""The bill of something that a member is about to pay: price, tax, and the ways to pay it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.market.payments.methods import Choice, payment_choices
from connects.market.payments.taxes import billing_profile, tax_for
from connects.market.people.models import Account
from connects.policy.terms import RuleBook
from connects.pricing.tax import Tax
from connects.vocabulary.amounts import Money


@dataclass(frozen=True, slots=True)
class Bill:
    """A price before it is paid."""

    price: Money
    tax: Tax
    ways: tuple[Choice, ...]

    @property
    def preferred(self) -> str:
        """The way to pay that comes first and can pay."""
        return next((way.name for way in self.ways if not way.why_not), "")

    @property
    def total(self) -> Money:
        return Money(self.price.cents + self.tax.cents, self.price.currency)


def bill_for(account: Account, book: RuleBook, price: Money, now: datetime) -> Bill:
    """What the account would pay for something of that price, and how it can."""
    profile = billing_profile(account)
    tax = tax_for(profile, price.cents, now)
    return Bill(price, tax, tuple(payment_choices(profile, book, price.cents + tax.cents)))
