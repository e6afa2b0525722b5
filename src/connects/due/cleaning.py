"""Delete what is kept for a while only: ended sessions, records of sign-ins, e-mails about access."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from connects.acts.accounts.sign_up import forget_unconfirmed
from connects.acts.notices.send_account_emails import clear_account_emails
from connects.acts.proposals.invite_by_email import forget_old_invitations
from connects.market.api_clients.tokens import clear_account_tokens
from connects.market.events.endpoints import clear_deliveries
from connects.market.notices.models import ReminderCursor

EVERY = timedelta(hours=1)
CURSOR = "leftovers"


def clear_hourly(now: datetime) -> bool:
    """Clear once an hour, by the first of several workers; return whether it was done now."""
    with transaction.atomic():
        cursor, is_new = ReminderCursor.objects.get_or_create(name=CURSOR, defaults={"until": now})
        is_due = is_new or cursor.until <= now - EVERY or cursor.until > now
        if is_due:
            ReminderCursor.objects.filter(pk=cursor.pk).update(until=now)
    if is_due:
        clear_leftovers(now)
    return is_due


def clear_leftovers(now: datetime) -> None:
    """Forget what has had its time."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=now).delete()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with transaction.atomic():
        kept_from = now - settings.SIGN_INS_KEPT
        AccessLog.objects.filter(attempt_time__lt=kept_from).delete()
        AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    clear_account_emails(now)
    clear_deliveries(now)
    clear_account_tokens(now)
    forget_unconfirmed(now)
    forget_old_invitations(now)
