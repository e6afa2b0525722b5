"""Payments and repayments, for staff."""

from __future__ import annotations

from connects.market.payments.models import TaxRate

RATES_SHOWN = 200


def tax_rates() -> list[TaxRate]:
    """The tax rates by country, the newest of each first."""
    return list(TaxRate.objects.order_by("country", "-starts")[:RATES_SHOWN])
