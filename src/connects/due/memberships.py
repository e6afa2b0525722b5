"""Billing cycles end and begin, failed payments are tried again, single Connects drip in."""

from __future__ import annotations

from datetime import datetime

from connects.market.grants import courtesy, interviews, waiting
from connects.market.plans import drips, renewals, trim_reminders


class RenewalSource:
    """Billing cycles that have ended. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return renewals.next_renewal(until)

    def do(self, until: datetime, now: datetime) -> None:
        renewals.renew(until, now)


class RetrySource:
    """Membership payments that are to be tried again. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return renewals.next_retry(until)

    def do(self, until: datetime, now: datetime) -> None:
        renewals.retry(until, now)


class DripSource:
    """Single Connects that are due. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return drips.next_drip(until)

    def do(self, until: datetime, now: datetime) -> None:
        drips.drip(until, now)


class WaitingSource:
    """Connects that wait for room under a balance limit. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return waiting.next_delivery(until)

    def do(self, until: datetime, now: datetime) -> None:
        waiting.deliver_waiting(until, now)


class TrimReminderSource:
    """Members who are to be told what will not roll over. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return trim_reminders.next_reminder(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 an event has one time
        trim_reminders.send_reminders(until)


class StartingGrantSource:
    """Courtesy grants that begin later. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return courtesy.next_start(until)

    def do(self, until: datetime, now: datetime) -> None:
        courtesy.issue_started(until, now)


class RewardSource:
    """Rewards of interviews that are to be issued. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return interviews.next_vesting(until)

    def do(self, until: datetime, now: datetime) -> None:
        interviews.issue_vested(until, now)
