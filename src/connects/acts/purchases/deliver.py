"""Delivering what was bought: the lot, once for each purchase."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.market.external_ids import host_id
from connects.market.members.selectors import party_of
from connects.market.payments.models import PaymentStatus
from connects.market.purchases.models import Purchase, TopUp
from connects.movements.deliver_connects import deliver_connects
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused


def deliver_purchase(purchase: Purchase, now: datetime) -> None:
    """Issue the lot that was paid for, in the caller's transaction. Tax is not a cost of it."""
    outcome = deliver_connects(
        journal(),
        party_of(purchase.account, now),
        purchase.credits,
        Money(purchase.price_cents, purchase.currency),
        purchase.reference,
        now,
    )
    assert not isinstance(outcome, Refused), outcome
    record = outcome.posted[0].record
    assert record is not None
    purchase.lot = record.entry.number
    events = [_paid(purchase)]
    if purchase.automatic:
        events.append(_topped_up(purchase, record.entry.balance, now))
    put_in_outbox(events, now)


def _paid(purchase: Purchase) -> Event:
    return Event(
        key=f"paid:{purchase.reference}",
        account=purchase.account_id,
        code="purchase.paid",
        parameters={
            "purchase": host_id(purchase),
            "credits": purchase.credits,
            "cents": purchase.price_cents,
            "currency": purchase.currency,
        },
    )


def _topped_up(purchase: Purchase, balance: Connects, now: datetime) -> Event:
    """The notice that Connects were bought automatically, and how much of the month's ceiling is left."""
    rule = TopUp.objects.filter(account=purchase.account_id).first()
    spent = spent_in_month(purchase.account_id, now)
    left = max(rule.most_cents - spent, 0) if rule else 0
    return Event(
        key=f"topped-up:{purchase.reference}",
        account=purchase.account_id,
        code="topped-up",
        parameters={
            "connects": purchase.credits,
            "cents": purchase.total_cents,
            "currency": purchase.currency,
            "below": rule.below if rule else 0,
            "balance": balance,
            "left_cents": left,
            "ceiling_cents": rule.most_cents if rule else 0,
        },
    )


def spent_in_month(account: int, now: datetime) -> Cents:
    """The cost of the calendar month's automatic purchases, tax included, with those in flight."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = (PaymentStatus.PAID, PaymentStatus.PENDING)
    rows = Purchase.objects.filter(
        account=account, automatic=True, ordered__gte=month, status__in=counted
    )
    sums = rows.aggregate(price=Sum("price_cents"), tax=Sum("tax_cents"))
    return (sums["price"] or 0) + (sums["tax"] or 0)
