"""Silent clients are reminded and their posts closed, posts expire, proposals come back."""

from __future__ import annotations

from datetime import datetime

from connects.market.jobs import ending
from connects.market.proposals import returns, withdrawing


class SilenceSource:
    """Posts whose clients do nothing. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return ending.next_silence_due(until)

    def do(self, until: datetime, now: datetime) -> None:
        ending.act_on_silence(until, now)


class PostExpirySource:
    """Posts that end by their age. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return ending.next_expiry(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 an end has one time
        ending.expire_posts(until)


class UnreadSource:
    """Proposals that were not opened in time. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return withdrawing.next_unread(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 a return has one time
        withdrawing.give_back_unread(until)


class OwedSource:
    """Ended posts with many proposals, which get back what they paid. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return returns.next_owed(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 a return has one time
        returns.pay_back(until)
