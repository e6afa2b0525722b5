"""Billing cycles end and begin, failed payments are tried again, single Connects drip in."""

from __future__ import annotations

from datetime import datetime

from connects.acts.credits import deliver_waiting, reward_interview
from connects.acts.memberships import drip, remind_of_trim
from connects.acts.purchases import renew
from connects.acts.staff import grant_courtesy


class RenewalSource:
    """Billing cycles that have ended. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return renew.next_renewal(until)

    def do(self, until: datetime, now: datetime) -> None:
        renew.renew(until, now)


class RetrySource:
    """Membership payments that are to be tried again. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return renew.next_retry(until)

    def do(self, until: datetime, now: datetime) -> None:
        renew.retry(until, now)


class DripSource:
    """Single Connects that are due. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return drip.next_drip(until)

    def do(self, until: datetime, now: datetime) -> None:
        drip.drip(until, now)


class WaitingSource:
    """Connects that wait for room under a balance limit. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return deliver_waiting.next_delivery(until)

    def do(self, until: datetime, now: datetime) -> None:
        deliver_waiting.deliver_waiting(until, now)


class TrimReminderSource:
    """Members who are to be told what will not roll over. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return remind_of_trim.next_reminder(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 an event has one time
        remind_of_trim.send_reminders(until)


class StartingGrantSource:
    """Courtesy grants that begin later. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return grant_courtesy.next_start(until)

    def do(self, until: datetime, now: datetime) -> None:
        grant_courtesy.issue_started(until, now)


class RewardSource:
    """Rewards of interviews that are to be issued. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return reward_interview.next_vesting(until)

    def do(self, until: datetime, now: datetime) -> None:
        reward_interview.issue_vested(until, now)
