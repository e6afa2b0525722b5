"""Wrong passwords are counted, and enough of them stop further tries for an hour.

Three counts, over the last hour each. One account from one address: a person who mistypes, or a
guesser. One address over all accounts: somebody who tries one password on many. One account from all
addresses: a guesser with many addresses; from where its owner has signed in before, they still can.
What is tried during a lock is not counted, so a lock ends an hour after the tries that caused it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest

from connects.acts.oversight.audit import note_act
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.refusals import Refused

FAILURES_BY_ADDRESS = 20
FAILURES_BY_ACCOUNT = 100
NAME_CHARACTERS = 254

log = structlog.get_logger("connects.security")


def username_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name that failures are counted by: as people are found, without regard to capitals."""
    given = credentials or request.POST
    # Who is asked for the password again is known, and named by their e-mail address.
    typed = given.get("username") or given.get("email") or ""
    return str(typed).replace("\0", "").strip().lower()[:NAME_CHARACTERS]


class SignInGuard(AxesDatabaseHandler):  # type: ignore[misc]  # axes ships no types
    """The three counts, for axes."""

    def get_failures(
        self, request: HttpRequest, credentials: Mapping[str, Any] | None = None
    ) -> int:
        """The failures that count against this attempt; the limit if another count is at its own."""
        since = get_cool_off_threshold(request)
        recent = AccessAttempt.objects.filter(attempt_time__gte=since)
        name = get_client_username(request, credentials)
        address = request.axes_ip_address  # type: ignore[attr-defined]
        limit: int = settings.AXES_FAILURE_LIMIT
        from_here = _failures(recent.filter(username=name, ip_address=address))
        if (
            from_here >= limit
            or _failures(recent.filter(ip_address=address)) >= FAILURES_BY_ADDRESS
        ):
            return max(from_here, limit)
        if _failures(recent.filter(username=name)) < FAILURES_BY_ACCOUNT:
            return from_here
        known_here = AccessLog.objects.filter(username=name, ip_address=address).exists()
        return from_here if known_here else limit


def _failures(rows: QuerySet[Any]) -> int:
    return rows.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


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
    forgotten = _failures(rows)
    rows.delete()
    return forgotten
