"""Accounts are told of other rules, move to them, or are moved back."""

from __future__ import annotations

from datetime import datetime

from connects.acts.rules import move_accounts, roll_back


class AnnouncementSource:
    """Accounts that are to be told of their move. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return move_accounts.next_announcement(until)

    def do(self, until: datetime, now: datetime) -> None:
        move_accounts.announce(until, now)


class MoveSource:
    """Moves that take effect. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return move_accounts.next_move(until)

    def do(self, until: datetime, now: datetime) -> None:
        move_accounts.make(until, now)


class RollBackSource:
    """Rollouts that are being rolled back. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return roll_back.next_roll_back(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 all of it takes effect at once
        roll_back.continue_roll_back(now)
