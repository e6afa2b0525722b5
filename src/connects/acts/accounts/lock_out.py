"""Wrong passwords are counted, and enough of them stop further tries for an hour.

Three counts, over the last hour each. One account from one address: a person who mistypes, or a
guesser. One address over all accounts: somebody who tries one password on many. One account from all
addresses: a guesser with many addresses; from where its owner has signed in before, they still can.
What is tried during a lock is not counted, so a lock ends an hour after the tries that caused it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest

FAILURES_BY_ADDRESS = 20
FAILURES_BY_ACCOUNT = 100
NAME_CHARACTERS = 254


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
        from_here = failures_in(recent.filter(username=name, ip_address=address))
        if (
            from_here >= limit
            or failures_in(recent.filter(ip_address=address)) >= FAILURES_BY_ADDRESS
        ):
            return max(from_here, limit)
        if failures_in(recent.filter(username=name)) < FAILURES_BY_ACCOUNT:
            return from_here
        known_here = AccessLog.objects.filter(username=name, ip_address=address).exists()
        return from_here if known_here else limit


def failures_in(rows: QuerySet[Any]) -> int:
    return rows.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
