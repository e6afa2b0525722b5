"""Reminders go out before Connects expire."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.remind_of_expiry import next_reminder, send_reminders


class ReminderSource:
    """Reminders that no one has sent yet. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return next_reminder(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 an event has one time
        with transaction.atomic():
            send_reminders(until)
