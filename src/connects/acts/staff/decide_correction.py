"""A second member of staff agrees to a proposed correction, or declines it."""

from __future__ import annotations

from django.db import transaction

from connects.acts.staff import correct
from connects.acts.staff.correction_kinds import KINDS, Kind
from connects.bootstrap.clock import now as clock_now
from connects.market.corrections.models import Correction, CorrectionKind
from connects.market.people.models import User
from connects.market.people.permissions import denied
from connects.vocabulary.refusals import Refused


def agree_to_correction(found: Correction, staff: User) -> Correction | Refused:
    """Agree, so that it is done now. Refused with `not_allowed` (by role, or to oneself) or `invalid`."""
    kind = _kind(found)
    with transaction.atomic():
        return denied(staff, kind.act) or correct.agree(
            found.pk, staff, clock_now(), kind.carry_out
        )


def decline_correction(found: Correction, staff: User, reason: str) -> Correction | Refused:
    """Decline, or take back what one proposed. Refused with `not_allowed` or `invalid`."""
    with transaction.atomic():
        return denied(staff, _kind(found).act) or correct.decline(
            found.pk, staff, reason, clock_now()
        )


def _kind(found: Correction) -> Kind:
    return KINDS[CorrectionKind(found.kind)]
