"""Automatic top-ups: Connects are bought when few are left, up to a ceiling a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum

from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_of
from connects.market.notices.services import put_in_outbox
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.purchases.delivery import deliver
from connects.market.purchases.models import Purchase, TopUp
from connects.market.purchases.services import checkout, place
from connects.market.settlement.automatic import pay_automatically
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import RefusalCode, Refused

EVERY = timedelta(days=1)
"""How often a balance is looked at that no proposal has lowered: Connects expire, too."""

BATCH = 50

HIGHEST_THRESHOLD = 1_000

CEILING = "ceiling"


def set_top_up(
    account: Account, below: Connects, credits: Connects, most: Cents
) -> TopUp | Refused:
    """Buy `credits` whenever fewer than `below` are held, for at most `most` cents a month.

    Refused with `invalid`, or as buying them now would be.
    """
    if not 1 <= below <= HIGHEST_THRESHOLD:
        return Refused(
            RefusalCode.INVALID,
            {"problem": "too_large", "field": "below", "most": HIGHEST_THRESHOLD},
        )
    now = clock_now()
    offer = checkout(account, credits)
    if isinstance(offer, Refused) and offer.code is not RefusalCode.BALANCE_CAP:
        return offer
    price = party_of(account, now).book.bundles.price_of(credits, party_of(account, now).kind) or 0
    if most < price:
        return Refused(RefusalCode.INVALID, {"problem": "ceiling_under_price", "field": "most"})
    with transaction.atomic():
        row, _ = TopUp.objects.update_or_create(
            account=account,
            defaults={
                "below": below,
                "credits": credits,
                "most_cents": most,
                "check_at": now,
                "paused": "",
            },
        )
        return row


def end_top_up(account: Account) -> None:
    """Buy nothing by itself any more."""
    TopUp.objects.filter(account=account).delete()


def watch(account: int, balance: Connects, now: datetime) -> None:
    """A balance has fallen: look at it soon. In the transaction that lowered it."""
    TopUp.objects.filter(account_id=account, below__gt=balance, paused="").update(check_at=now)


def next_check(until: datetime) -> datetime | None:
    """The first instant, by `until`, at which a balance is to be looked at."""
    rows = TopUp.objects.filter(check_at__lte=until).order_by("check_at")
    return rows.values_list("check_at", flat=True).first()


def check(until: datetime, now: datetime) -> None:
    """Look at a batch of balances, and buy for those that are low."""
    rows = TopUp.objects.select_related("account").filter(check_at__lte=until)
    for row in rows.order_by("check_at")[:BATCH]:
        _check(row, now)


def _check(row: TopUp, now: datetime) -> None:
    lots = journal().wallet(row.account_id).lots
    balance = sum(lot.credits for lot in lots if lot.live_at(now))
    assert row.check_at is not None
    problem = _buy(row, row.check_at, now) if balance < row.below else ""
    stops = problem not in ("", CEILING)
    # Whoever has been told that their balance fell in the meantime is not overwritten.
    TopUp.objects.filter(pk=row.pk, check_at=row.check_at).update(
        check_at=None if stops else now + EVERY, paused=problem if stops else F("paused")
    )


def _buy(row: TopUp, asked: datetime, now: datetime) -> str:
    """Buy once for each look; why not, as a code, or "" where it is bought or under way."""
    key = f"top-up:{asked.isoformat()}"
    if not Purchase.objects.filter(account=row.account, key=key).exists() and not _fits(row, now):
        _tell(row, "top-up-ceiling", f"{now:%Y-%m}", now)
        return CEILING
    purchase = place(row.account, row.credits, key, None, now, automatic=True)
    if isinstance(purchase, Purchase):
        book = party_of(row.account, now).book
        purchase = pay_automatically(purchase, book, deliver, now)
        if purchase.status in (PaymentStatus.PAID, PaymentStatus.PENDING):
            return ""
        problem = purchase.cause
    else:
        problem = purchase.code.value
    _tell(row, "top-up-stopped", asked.isoformat(), now)
    return problem or "stopped"


def _fits(row: TopUp, now: datetime) -> bool:
    """Whether this month's ceiling leaves room for another one."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    offer = checkout(row.account, row.credits)
    if isinstance(offer, Refused):
        return True  # what refuses it says so better
    counted = (PaymentStatus.PAID, PaymentStatus.PENDING)
    rows = Purchase.objects.filter(
        account=row.account, automatic=True, ordered__gte=month, status__in=counted
    )
    sums = rows.aggregate(price=Sum("price_cents"), tax=Sum("tax_cents"))
    spent = (sums["price"] or 0) + (sums["tax"] or 0)
    return bool(spent + offer.bill.total.cents <= row.most_cents)


def _tell(row: TopUp, code: str, when: str, now: datetime) -> None:
    ceiling = Money(row.most_cents, party_of(row.account, now).book.currency)
    event = Event(
        key=f"{code}:{row.account_id}:{when}",
        account=row.account_id,
        code=code,
        parameters={"connects": row.credits, "ceiling": str(ceiling)},
    )
    put_in_outbox([event], now)
