"""Whether a plan rests."""

from __future__ import annotations

from connects.market.people.models import Account
from connects.market.plans.models import Subscription


def is_frozen(account: Account) -> bool:
    """Whether the account's plan is frozen."""
    return Subscription.objects.filter(account=account, frozen__isnull=False).exists()
