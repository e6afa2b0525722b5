"""A renewal whose payment failed is retried."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from connects.acts.oversight.count_acts import count_act
from connects.acts.purchases.renew import BATCH, renew_batch
from connects.market.limits.table import PAYMENT_TRIES
from connects.market.plans.models import Subscription
from connects.vocabulary.refusals import Refused


def next_due(until: datetime) -> datetime | None:
    """The instant of the first payment that is to be retried by `until`."""
    rows = Subscription.objects.filter(next_try__lte=until, frozen__isnull=True)
    return rows.order_by("next_try").values_list("next_try", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Try a batch of the payments again that are due by `until`."""
    rows = Subscription.objects.filter(next_try__lte=until, frozen__isnull=True)
    renew_batch(rows.order_by("next_try")[:BATCH], now)


class Retried(StrEnum):
    """What became of a payment that its owner asked to try again."""

    NOTHING_TO_TRY = "nothing_to_try"
    PAID = "paid"
    FAILED = "failed"
    NO_ANSWER = "no_answer"
    ENDED = "ended"


def retry_when_asked(account: int, now: datetime) -> Retried | Refused:
    """Try a failed payment at once, because its owner asks; refused if they ask too often."""
    if not Subscription.objects.filter(account_id=account, next_try__isnull=False).exists():
        return Retried.NOTHING_TO_TRY
    return count_act(PAYMENT_TRIES, f"account:{account}", now) or retry_now(account, now)


def retry_now(account: int, now: datetime) -> Retried:
    """Try a failed payment at once: its owner has changed how they pay."""
    held = Subscription.objects.filter(account_id=account, next_try__isnull=False)
    before = held.first()
    if before is None:
        return Retried.NOTHING_TO_TRY
    held.filter(next_try__gt=now).update(next_try=now)
    renew_batch(held, now)
    return _became(before, Subscription.objects.get(account=account))


def _became(before: Subscription, after: Subscription) -> Retried:
    if after.next_try is not None:
        return Retried.FAILED if after.tries > before.tries else Retried.NO_ANSWER
    return Retried.PAID if after.plan == (before.next_plan or before.plan) else Retried.ENDED
