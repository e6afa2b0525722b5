"""The plan that an account holds, and whether it rests."""

from __future__ import annotations

from connects.market.payments.care import key_of_cycle
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.read_once import once


def plan_held(account: int) -> Subscription:
    """The subscription of an account; a page that only reads asks for it once."""
    return once(("plan", account), lambda: Subscription.objects.get(account=account))


def is_frozen(account: Account) -> bool:
    """Whether the account's plan is frozen."""
    return Subscription.objects.filter(account=account, frozen__isnull=False).exists()


def awaits_answer(subscription: Subscription) -> bool:
    """Whether the month's payment is with its provider, who has said neither yes nor no.

    `next_try` is then when the provider is asked again, and not when a failed payment is retried.
    """
    if subscription.next_try is None:
        return False
    key = key_of_cycle(subscription.renews, subscription.tries)
    rows = PlanPayment.objects.filter(account=subscription.account_id, key=key)
    return rows.filter(status=PaymentStatus.PENDING).exists()
