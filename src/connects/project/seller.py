"""Who sells, as invoices say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, as invoices say it."""

    name: str
    address: str
    tax_number: str


def seller(environment: Mapping[str, str]) -> Seller:
    """Who sells, by `CONNECTS_SELLER`, `CONNECTS_SELLER_ADDRESS` and `CONNECTS_SELLER_TAX_NUMBER`."""
    return Seller(
        environment.get("CONNECTS_SELLER", "Connects"),
        environment.get("CONNECTS_SELLER_ADDRESS", ""),
        environment.get("CONNECTS_SELLER_TAX_NUMBER", ""),
    )
