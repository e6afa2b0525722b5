"""Which payments need a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from connects.market.payments.models import PaymentStatus

CYCLE_KEY = "cycle:"
"""How the keys of payments begin that renewals made, and take care of themselves."""


def key_of_cycle(begins: datetime, tries: int) -> str:
    """The key of a renewal's payment for the cycle that begins then, after so many tries that failed."""
    return f"{CYCLE_KEY}{begins.isoformat()}:{tries + 1}"


# A renewal takes care of its own payment, unless its member has left.
_LEFT_ALONE = ~Q(key__startswith=CYCLE_KEY) | Q(unwanted__isnull=False)
_UNKNOWN = Q(status=PaymentStatus.PENDING, look_again__isnull=True) & _LEFT_ALONE
_IN_THE_WAY = Q(status__in=(PaymentStatus.MISMATCHED, PaymentStatus.REFUNDING)) | ~Q(care="")
NEEDS_CARE = _IN_THE_WAY | _UNKNOWN
"""Another amount arrived, a refund hangs, it is unknown whether it was charged, or money went back in a
way that needs someone. Both kinds of payments have an index of exactly these."""
