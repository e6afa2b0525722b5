"""Taxes of members, and the names on their invoices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connects.market.payments.models import BillingProfile, TaxRate
from connects.market.people.models import Account
from connects.pricing.tax import Tax, TaxRule, tax_on
from connects.vocabulary.amounts import Cents


def billing_profile(account: Account) -> BillingProfile:
    """The member's billing details; their name and country where they have entered none."""
    found = BillingProfile.objects.filter(account=account).first()
    return found or BillingProfile(account=account, name=account.name, country=account.country)


def tax_for(profile: BillingProfile, price: Cents, now: datetime) -> Tax:
    """The tax on a price in cents, by the rate that holds now where the payer is."""
    country = profile.pays_from
    return tax_on(price, tax_rules([country], now).get(country), profile.tax_number)


def taxes_for(prices: Mapping[int, Cents], now: datetime) -> dict[int, Tax]:
    """The tax on each account's price in cents, with three queries for all."""
    profiles = BillingProfile.objects.in_bulk(list(prices))
    countries = dict(Account.objects.filter(pk__in=list(prices)).values_list("pk", "country"))
    countries.update({pk: profile.country for pk, profile in profiles.items() if profile.country})
    rules = tax_rules(list(set(countries.values())), now)
    numbers = {pk: profile.tax_number for pk, profile in profiles.items()}
    return {
        account: tax_on(price, rules.get(countries[account]), numbers.get(account, ""))
        for account, price in prices.items()
    }


def tax_rules(countries: list[str], now: datetime) -> dict[str, TaxRule]:
    """The taxes that hold in these countries now, with one query for all."""
    rows = TaxRate.objects.filter(country__in={c for c in countries if c}, starts__lte=now)
    return {
        row.country: TaxRule(row.name, row.basis_points, row.reverse_charge)
        for row in rows.order_by("starts", "id")
    }
