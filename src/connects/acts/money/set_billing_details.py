"""Entering whom invoices are made out to, and which tax holds where."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.market.payments.models import BillingProfile, TaxRate
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.countries import country_code
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import text_refused

HIGHEST_BASIS_POINTS = 5_000


def set_billing_profile(
    account: Account, *, name: str, address: str, country: str, tax_number: str
) -> BillingProfile | Refused:
    """Say whom invoices are made out to. Refused with `invalid`."""
    texts = {"name": (name, 120), "address": (address, 300), "tax_number": (tax_number, 30)}
    for field, (text, most) in texts.items():
        wrong = text_refused(field, text, most)
        if wrong is not None:
            return wrong
    code = country_code(country) if country.strip() else ""
    if code is None:
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    profile, _ = BillingProfile.objects.update_or_create(
        account=account,
        defaults={
            "name": name.strip(),
            "address": address.strip(),
            "country": code,
            "tax_number": tax_number.strip(),
        },
    )
    return profile


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
    code = country_code(country)
    if code is None:
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    if not 0 <= basis_points <= HIGHEST_BASIS_POINTS:
        return invalid(Problem.TOO_LARGE, field="rate")
    if starts < now:
        return invalid(Problem.IN_THE_PAST, field="starts")
    with transaction.atomic():
        rate, _ = TaxRate.objects.update_or_create(
            country=code,
            starts=starts,
            defaults={"name": name, "basis_points": basis_points, "reverse_charge": reverse_charge},
        )
        note_act(staff, "tax", f"country:{code}", name, now, {"basis_points": basis_points})
    return rate
