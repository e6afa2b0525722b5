"""Lift a lock after wrong passwords: by staff, or by a person who reads the e-mail of their address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from connects.acts.accounts.lock_out import NAME_CHARACTERS, failures_in
from connects.acts.oversight.audit import note_act
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.refusals import Refused

log = structlog.get_logger("connects.security")


@dataclass(frozen=True, slots=True)
class FailedSignIns:
    """The wrong passwords of the last hour for one name."""

    email: str
    failures: int
    last: datetime


def failed_sign_ins(now: datetime, most: int = 100) -> list[FailedSignIns]:
    """Names with wrong passwords in the last hour, most of them first."""
    rows = AccessAttempt.objects.filter(attempt_time__gte=now - settings.AXES_COOLOFF_TIME)
    counted = (
        rows.order_by()
        .values("username")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    )
    return [
        FailedSignIns(row["username"] or "", row["failures"], row["last"])
        for row in counted.order_by("-failures", "username")[:most]
    ]


def unlock_sign_in(email: str, staff: User | None, reason: str, now: datetime) -> int | Refused:
    """Forget an e-mail address's wrong passwords, so that its owner can sign in; how many there were.

    `staff` is None for the command line. Refused with `not_allowed`.
    """
    refused = denied(staff, Act.UNLOCK_SIGN_INS)
    if refused is not None:
        return refused
    with transaction.atomic():
        forgotten = forget_failures(email)
        person = User.objects.filter(email=email.strip().lower()[:NAME_CHARACTERS]).first()
        # By number: the line outlives the address, should the person be erased.
        subject = f"person:{person.pk}" if person is not None else "nobody"
        note_act(staff, "unlock", subject, reason, now, {"failures": forgotten})
    log.info("sign-in unlocked", by=staff.pk if staff else None, failures=forgotten)
    return forgotten


def forget_failures(email: str) -> int:
    """Lift the person's own lock after they proved that they read the address's e-mail."""
    rows = AccessAttempt.objects.filter(username=email.strip().lower()[:NAME_CHARACTERS])
    forgotten = failures_in(rows)
    rows.delete()
    return forgotten
