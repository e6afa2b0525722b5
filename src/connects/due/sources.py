"""All work that falls due: one table, in the order that matters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from connects.acts.credits import (
    deliver_waiting,
    expire_lots,
    release_held,
    remind_of_expiry,
    return_paid,
    reward_interview,
    tell_of_expiry,
)
from connects.acts.jobs import act_on_silence, alert_of_jobs, expire_posts, price_ahead
from connects.acts.memberships import drip, remind_of_trim
from connects.acts.money import withdraw_earnings
from connects.acts.proposals import return_unread
from connects.acts.purchases import continue_payments, renew, retry_renewal, top_up
from connects.acts.rules import announce_moves, move_accounts, roll_back
from connects.acts.staff import start_grant


class Source(Protocol):
    """Work that falls due. Each of these modules offers the same two functions.

    A source that cannot finish at once does a batch and leaves the rest due: it is asked again. Its
    answers come from an index, so that they cost the same however many accounts there are.
    """

    def next_due(self, until: datetime, /) -> datetime | None:
        """The first instant, at or before `until`, at which there is something to do."""

    def do_due(self, until: datetime, now: datetime, /) -> None:
        """Do a batch of what is due by `until`, each thing at its own instant.

        No other source has anything to do before `until`. `now` is when it is really done, and
        written down as such. The source opens its transactions itself, since some of the work takes
        money between two of them.
        """


# What happens first at one instant: what is told of it, then the rules that hold from it on, then
# what comes back, then what is lost, then what arrives. The names are those of the metrics.
SOURCES: Mapping[str, Source] = {
    "reminder": remind_of_expiry,
    "trimreminder": remind_of_trim,
    "announcement": announce_moves,
    "rollback": roll_back,
    "move": move_accounts,
    "payment": continue_payments,
    "owed": return_paid,
    "unread": return_unread,
    "holds": release_held,
    "silence": act_on_silence,
    "postexpiry": expire_posts,
    "priceahead": price_ahead,
    "expiry": expire_lots,
    "expirynotice": tell_of_expiry,
    "renewal": renew,
    "retry": retry_renewal,
    "drip": drip,
    "waiting": deliver_waiting,
    "reward": reward_interview,
    "startinggrant": start_grant,
    "topup": top_up,
    "withdrawal": withdraw_earnings,
    "searchalert": alert_of_jobs,
}
