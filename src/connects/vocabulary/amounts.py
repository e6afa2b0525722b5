"""Credits and money.

A Connect is a whole credit and money is whole minor units with a currency, so no amount is ever
rounded by accident: what rounds does it by name, in the rule that asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Connects: TypeAlias = int
"""A number of credits. Always whole."""

Cents: TypeAlias = int
"""Minor units of the currency that the surrounding value names."""

_DECIMAL = re.compile(r"(?P<units>[0-9]{1,15})(?:\.(?P<minor>[0-9]{2}))?")

LARGEST_CENTS: Cents = 10**17
"""Far beyond any real amount, and still exact in every database's 64-bit integer."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of money: `cents` minor units of `currency` (ISO 4217)."""

    cents: Cents
    currency: str = "USD"

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        units, minor = divmod(abs(self.cents), 100)
        symbol = "$" if self.currency == "USD" else f"{self.currency} "
        return f"{sign}{symbol}{units:,}.{minor:02d}"


def cents_from_decimal(text: str) -> Cents:
    """Read a plain decimal such as `14.99` or `600` as minor units.

    Raises ValueError for anything else: signs, exponents, separators, a third decimal.
    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not an amount such as 14.99")
    return int(match["units"]) * 100 + int(match["minor"] or 0)


def decimal_from_cents(cents: Cents) -> str:
    """Write minor units as a plain decimal, the inverse of `cents_from_decimal`."""
    sign = "-" if cents < 0 else ""
    units, minor = divmod(abs(cents), 100)
    return f"{sign}{units}.{minor:02d}"
