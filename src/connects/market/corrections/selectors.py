"""Reading corrections: what waits, and how much was corrected lately."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from connects.market.corrections.models import Correction, CorrectionKind, CorrectionState
from connects.market.people.models import Account, User
from connects.vocabulary.amounts import Connects

WAITING_SHOWN = 100


def grant_called(name: str) -> Correction | None:
    """The grant that a host calls so."""
    return Correction.objects.select_related("account").filter(external_id=name).first()


def proposals_to_decide() -> list[Correction]:
    """What waits for a second person, oldest first."""
    rows = Correction.objects.select_related("account", "by")
    return list(rows.filter(state=CorrectionState.PROPOSED).order_by("made", "id")[:WAITING_SHOWN])


def correction_numbered(number: int) -> Correction | None:
    """One correction, for staff."""
    rows = Correction.objects.select_related("account", "by", "second")
    return rows.filter(pk=number).first()


def connects_to(account: Account, kind: CorrectionKind, since: datetime) -> Connects:
    """How many Connects corrections of a kind have moved for an account since then."""
    return _sum(account=account, kind=kind, done__gt=since)


def connects_by(staff: User, kind: CorrectionKind, since: datetime) -> Connects:
    """How many Connects a person's own corrections of a kind have moved since then."""
    return _sum(by=staff, kind=kind, done__gt=since)


def _sum(**conditions: object) -> Connects:
    found: Connects | None = Correction.objects.filter(**conditions).aggregate(sum=Sum("connects"))[
        "sum"
    ]
    return found or 0
