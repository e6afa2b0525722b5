"""Which tax a member pays, and whom their invoices are made out to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from connects.market.payments.models import BillingProfile, TaxRate
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.trust.services import note_act
from connects.pricing.tax import Tax, TaxRule, tax_on
from connects.vocabulary.amounts import Cents
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.typed_input import text_refused

HIGHEST_BASIS_POINTS = 5_000


def billing_profile(account: Account) -> BillingProfile:
    """The member's billing details; their name and country where they have entered none."""
    found = BillingProfile.objects.filter(account=account).first()
    return found or BillingProfile(account=account, name=account.name, country=account.country)


def set_billing_profile(
    account: Account, *, name: str, address: str, country: str, tax_number: str
) -> BillingProfile | Refused:
    """Say whom invoices are made out to. Refused with `invalid`."""
    texts = {"name": (name, 120), "address": (address, 300), "tax_number": (tax_number, 30)}
    for field, (text, most) in texts.items():
        wrong = text_refused(field, text, most)
        if wrong is not None:
            return wrong
    country = country.strip().upper()
    if country and not is_country(country):
        return Refused(RefusalCode.INVALID, {"problem": "not_a_country", "field": "country"})
    profile, _ = BillingProfile.objects.update_or_create(
        account=account,
        defaults={
            "name": name.strip(),
            "address": address.strip(),
            "country": country,
            "tax_number": tax_number.strip(),
        },
    )
    return profile


def is_country(code: str) -> bool:
    """Whether a text has the form of a country's code (ISO 3166)."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def tax_for(profile: BillingProfile, price: Cents, now: datetime) -> Tax:
    """The tax on a price in cents, by the rate that holds now where the payer is."""
    country = profile.pays_from
    return tax_on(price, tax_rules([country], now).get(country), profile.tax_number)


def taxes_for(prices: Mapping[int, Cents], now: datetime) -> dict[int, Tax]:
    """The tax on each account's price in cents, with three questions for all."""
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
    """The taxes that hold in these countries now, with one question for all."""
    rows = TaxRate.objects.filter(country__in={c for c in countries if c}, starts__lte=now)
    return {
        row.country: TaxRule(row.name, row.basis_points, row.reverse_charge)
        for row in rows.order_by("starts", "id")
    }


def set_tax(
    country: str,
    name: str,
    basis_points: int,
    starts: datetime,
    staff: User,
    now: datetime,
    *,
    reverse_charge: bool = False,
) -> TaxRate | Refused:
    """Let a tax hold in a country from an instant on. Refused with `not_allowed` or `invalid`."""
    refused = denied(staff, Act.SET_TAXES)
    if refused is not None:
        return refused
    if not is_country(country):
        return Refused(RefusalCode.INVALID, {"problem": "not_a_country", "field": "country"})
    if not 0 <= basis_points <= HIGHEST_BASIS_POINTS:
        return Refused(RefusalCode.INVALID, {"problem": "too_large", "field": "rate"})
    if starts < now:
        return Refused(RefusalCode.INVALID, {"problem": "in_the_past", "field": "starts"})
    with transaction.atomic():
        rate, _ = TaxRate.objects.update_or_create(
            country=country,
            starts=starts,
            defaults={"name": name, "basis_points": basis_points, "reverse_charge": reverse_charge},
        )
        note_act(staff, "tax", f"country:{country}", name, now, {"basis_points": basis_points})
    return rate
