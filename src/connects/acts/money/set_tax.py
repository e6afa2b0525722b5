"""Set the tax of a country, from an instant on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.market.payments.models import TaxRate
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.countries import country_code
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

HIGHEST_BASIS_POINTS = 5_000


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
