"""Telling programs that a paid cycle has begun."""

from __future__ import annotations

from datetime import datetime

from connects.market.plans.rows import SubscriptionRow
from connects.vocabulary.events import Event


def cycle_event(code: str, subscription: SubscriptionRow, began: datetime) -> Event:
    """The event that the subscription's plan began, or went on, at that instant."""
    return Event(
        key=f"{code}:{subscription.account}:{began.isoformat()}",
        account=subscription.account,
        code=code,
        parameters={"plan": subscription.plan, "renews": subscription.renews.isoformat()},
    )
