"""A balance has fallen: what waits for that is looked at soon."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists

from connects.acts.credits.deliver_waiting import schedule_delivery_check
from connects.acts.notices.tell_account import tell_account
from connects.acts.purchases.top_up import schedule_top_up_check
from connects.market.grants.models import WaitingConnects
from connects.market.people.models import Account
from connects.market.purchases.models import TopUp
from connects.vocabulary.amounts import Connects

LOW_BALANCE = 10
"""Below so many Connects an account that buys nothing automatically is told."""


def note_fallen_balance(account: int, was: Connects, balance: Connects, now: datetime) -> None:
    """Let a top-up and waiting Connects be checked soon, and tell who has few left. In the transaction
    that lowered the balance from `was`.

    Most accounts have neither a top-up nor waiting Connects, which one query tells.
    """
    top_ups = TopUp.objects.filter(account_id=account, below__gt=balance)
    waiting = WaitingConnects.objects.filter(account_id=account, ended__isnull=True)
    has_top_up, has_waiting = (
        Account.objects.filter(pk=account).values_list(Exists(top_ups), Exists(waiting)).get()
    )
    if balance < LOW_BALANCE <= was and not has_top_up and not has_waiting:
        tell_account(account, "balance-low", f"{balance}", now, balance=balance)
    if has_top_up:
        schedule_top_up_check(account, balance, now)
    if has_waiting:
        schedule_delivery_check([account], now)
