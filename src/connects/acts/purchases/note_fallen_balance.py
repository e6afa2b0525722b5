"""A balance has fallen: what waits for that is looked at soon."""

from __future__ import annotations

from datetime import datetime

from connects.acts.credits.deliver_waiting import schedule_delivery_check
from connects.acts.notices.tell_account import tell_account
from connects.acts.purchases.top_up import schedule_top_up_check
from connects.market.members.selectors import Terms
from connects.vocabulary.amounts import Connects

LOW_BALANCE = 10
"""Below so many Connects an account that buys nothing automatically is told."""


def note_fallen_balance(terms: Terms, was: Connects, balance: Connects, now: datetime) -> None:
    """Let a top-up and waiting Connects be checked soon, and tell who has few left. In the transaction
    that lowered the balance from `was`.

    Most accounts have neither a top-up nor waiting Connects, which their terms tell.
    """
    account = terms.party.account
    has_top_up = terms.top_up_below is not None and balance < terms.top_up_below
    if balance < LOW_BALANCE <= was and not has_top_up and not terms.waits:
        tell_account(account, "balance-low", f"{balance}", now, balance=balance)
    if has_top_up:
        schedule_top_up_check(account, balance, now)
    if terms.waits:
        schedule_delivery_check([account], now)
