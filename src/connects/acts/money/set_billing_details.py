"""Enter whom invoices are made out to."""

from __future__ import annotations

from connects.market.payments.models import BillingProfile
from connects.market.people.models import Account
from connects.vocabulary.countries import country_code
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import text_refused


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
