"""Credits and money.

A Connect is a whole credit and money is whole minor units with a currency, so no amount is ever
rounded by accident: what rounds does it by name, in the rule that asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from connects.wording import figures

Connects: TypeAlias = int
"""A number of credits. Always whole."""

Cents: TypeAlias = int
"""Minor units of the currency that the surrounding value names."""

_DECIMAL = re.compile(r"(?P<units>[0-9]{1,15})(?:\.(?P<minor>[0-9]{1,3}))?")

DECIMALS = {
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "EUR": 2,
    "GBP": 2,
    "JPY": 0,
    "KRW": 0,
    "KWD": 3,
    "USD": 2,
}
"""The currencies that a rule book may be in, with how many decimals each has (ISO 4217)."""

LARGEST_CENTS: Cents = 10**17
"""Far beyond any real amount, and still exact in every database's 64-bit integer."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of money: `cents` minor units of `currency` (ISO 4217).

    There is no default currency: the caller knows which one it is.
    """

    cents: Cents
    currency: str

    def __str__(self) -> str:
        return figures.money(self._decimal, self.currency)

    @property
    def whole(self) -> str:
        """The amount as people say it: without a fraction where there is none."""
        return figures.whole_money(self._decimal, self.currency)

    @property
    def _decimal(self) -> Decimal:
        return Decimal(decimal_from_cents(self.cents, self.currency))


def decimals_of(currency: str) -> int:
    """How many decimals amounts of a currency have."""
    return DECIMALS.get(currency, 2)


def example_amount(currency: str) -> str:
    """An amount as it is written in that currency, to show how."""
    return decimal_from_cents(1499, currency)


def cents_from_decimal(text: str, currency: str) -> Cents:
    """Read a plain decimal such as `14.99` or `600` as minor units of the currency.

    Raises ValueError for anything else: signs, exponents, separators, more or fewer decimals than the
    currency has, unless there are none.
    """
    match, decimals = _DECIMAL.fullmatch(text.strip()), decimals_of(currency)
    minor = "" if match is None else match["minor"] or ""
    if match is None or (minor and len(minor) != decimals):
        raise ValueError(f"{text!r} is not an amount such as {example_amount(currency)}")
    whole: Cents = int(match["units"]) * 10**decimals
    return whole + int(minor or 0)


def decimal_from_cents(cents: Cents, currency: str) -> str:
    """Write minor units of a currency as a plain decimal, the inverse of `cents_from_decimal`."""
    sign, decimals = "-" if cents < 0 else "", decimals_of(currency)
    if not decimals:
        return f"{sign}{abs(cents)}"
    units, minor = divmod(abs(cents), 10**decimals)
    return f"{sign}{units}.{minor:0{decimals}d}"
