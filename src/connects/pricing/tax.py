"""Tax on what is bought: a share of the price, on top of it."""

from __future__ import annotations

from dataclasses import dataclass

from connects.vocabulary.amounts import Cents

WHOLE = 10_000
"""Basis points in one: 2000 are 20 %."""


@dataclass(frozen=True, slots=True)
class TaxRule:
    """A tax that holds where the payer is. `rate` is in basis points.

    `reverse_charge`: a business with a tax number of its own pays none here and accounts for it itself.
    """

    name: str
    rate: int
    reverse_charge: bool = False


@dataclass(frozen=True, slots=True)
class Tax:
    """What is taken on top of a price; `name` is "" where no tax applies."""

    name: str = ""
    rate: int = 0
    cents: Cents = 0
    reversed: bool = False


NO_TAX = Tax()


def tax_on(price: Cents, rule: TaxRule | None, tax_number: str) -> Tax:
    """The tax on a price in cents, rounded half up to whole cents."""
    if rule is None:
        return NO_TAX
    if rule.reverse_charge and tax_number:
        return Tax(rule.name, rule.rate, 0, reversed=True)
    return Tax(rule.name, rule.rate, (price * rule.rate + WHOLE // 2) // WHOLE)
