"""Silent clients are reminded and their posts closed, posts expire, proposals come back."""

from __future__ import annotations

from datetime import datetime

from connects.acts.credits import return_paid
from connects.acts.jobs import end
from connects.acts.proposals import withdraw


class SilenceSource:
    """Posts whose clients do nothing. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return end.next_silence_due(until)

    def do(self, until: datetime, now: datetime) -> None:
        end.act_on_silence(until, now)


class PostExpirySource:
    """Posts that end by their age. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return end.next_expiry(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 an end has one time
        end.expire_posts(until)


class UnreadSource:
    """Proposals that were not opened in time. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return withdraw.next_unread(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 a return has one time
        withdraw.give_back_unread(until)


class OwedSource:
    """Ended posts with many proposals, which get back what they paid. See `due.source.Source`."""

    def first_due(self, until: datetime) -> datetime | None:
        return return_paid.next_owed(until)

    def do(self, until: datetime, now: datetime) -> None:  # noqa: ARG002 a return has one time
        return_paid.pay_back(until)
