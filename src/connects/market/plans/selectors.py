"""The plan that an account holds, and whether it rests."""

from __future__ import annotations

from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.read_once import once


def plan_held(account: int) -> Subscription:
    """The subscription of an account; a page that only reads asks for it once."""
    return once(("plan", account), lambda: Subscription.objects.get(account=account))


def is_frozen(account: Account) -> bool:
    """Whether the account's plan is frozen."""
    return Subscription.objects.filter(account=account, frozen__isnull=False).exists()
