"""Automatic top-ups: Connects are bought when few are left, up to a ceiling a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.money.charge_automatically import pay_automatically
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.purchases.buy import checkout, create_order
from connects.acts.purchases.deliver import deliver_purchase, spent_in_month
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_of
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.plans.selectors import is_frozen
from connects.market.purchases.models import Purchase, TopUp
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid, not_allowed

EVERY = timedelta(days=1)
"""How often a balance is checked that no proposal has lowered: Connects expire, too."""

BATCH = 50

HIGHEST_THRESHOLD = 1_000

SOONEST = timedelta(minutes=1)


NO_ROOM = RefusalCode.BALANCE_CAP.value
"""Why a top-up waits that does not fit under the balance limit: it goes on when there is room."""


def set_top_up(
    account: Account, below: Connects, credits: Connects, most: Cents
) -> TopUp | Refused:
    """Buy `credits` whenever fewer than `below` are held, for at most `most` cents a month, tax included.

    Refused with `invalid`, or as buying them now would be.
    """
    if not 1 <= below <= HIGHEST_THRESHOLD:
        return invalid(Problem.TOO_LARGE, field="below", at_most=HIGHEST_THRESHOLD)
    now = clock_now()
    offer = checkout(account, credits)
    if isinstance(offer, Refused) and offer.code is not RefusalCode.BALANCE_CAP:
        return offer
    party = party_of(account, now)
    price = party.book.bundles.price_of(credits, party.kind) or 0
    if most < price:
        cost = str(Money(price, party.book.currency))
        return invalid(Problem.CEILING_UNDER_PRICE, field="most", price=cost)
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
    """Switch auto top-up off."""
    TopUp.objects.filter(account=account).delete()


def schedule_top_up_check(account: int, balance: Connects, now: datetime) -> None:
    """Schedule a check of a balance that has fallen. In the transaction that lowered it."""
    rows = TopUp.objects.filter(account_id=account, below__gt=balance)
    rows.filter(paused__in=("", NO_ROOM)).update(check_at=now)


def next_due(until: datetime) -> datetime | None:
    """The first instant, by `until`, at which a balance is to be checked."""
    rows = TopUp.objects.filter(check_at__lte=until).order_by("check_at")
    return rows.values_list("check_at", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Check a batch of balances, and buy for those that are low."""
    rows = TopUp.objects.select_related("account").filter(check_at__lte=until)
    for row in rows.order_by("check_at")[:BATCH]:
        _check(row, now)


def _check(row: TopUp, now: datetime) -> None:
    """Buy if it is time; when to check again, and whether that is ever."""
    in_flight = _in_flight(row)
    problem = "" if in_flight or _is_paused(row.account) else _buy(row, now)
    stops = problem not in ("", Problem.CEILING, NO_ROOM)
    again = (in_flight.look_again if in_flight else None) or now + EVERY
    # A check that was scheduled in the meantime is not overwritten.
    TopUp.objects.filter(pk=row.pk, check_at=row.check_at).update(
        check_at=None if stops else max(again, now + SOONEST),
        paused="" if problem == Problem.CEILING else problem,
    )


def _in_flight(row: TopUp) -> Purchase | None:
    """The purchase whose end is not known yet. It answers the need that it was made for, so none is made
    beside it, however long the provider is silent.
    """
    pending = Purchase.objects.filter(account_id=row.account_id, status=PaymentStatus.PENDING)
    return pending.filter(automatic=True).order_by("id").first()


def _is_paused(account: Account) -> bool:
    """Whether nothing is bought for the account: it may not use it."""
    return account.suspended is not None or is_frozen(account)


def _buy(row: TopUp, now: datetime) -> str:
    """Buy once for each need; why not, as a code, or "" where it is bought, in flight or not needed."""
    placed = _create_order(row, now)
    if placed is None:
        return ""
    if isinstance(placed, Purchase):
        book = party_of(row.account, now).book
        placed = pay_automatically(placed, book, deliver_purchase, now)
        if placed.status in (PaymentStatus.PAID, PaymentStatus.PENDING):
            return ""
        problem = placed.cause or "stopped"
    else:
        problem = str(placed.parameters.get("problem", placed.code.value))
    if problem == Problem.CEILING:
        _tell(row, "top-up-ceiling", f"{now:%Y-%m}", now)
    elif problem == NO_ROOM:
        if row.paused != NO_ROOM:
            _tell(row, "top-up-waits", now.isoformat(), now)
    else:
        _tell(row, "top-up-stopped", now.isoformat(), now, cause=problem)
    return problem


def _create_order(row: TopUp, now: datetime) -> Purchase | Refused | None:
    """Create the order of a new purchase; None if none is needed.

    Of two checks at once one creates it: the wallet is locked while the need, what is in flight, and
    the month's ceiling are read.
    """
    with transaction.atomic():
        journal().lock((row.account_id,))
        lots = journal().wallet(row.account_id).lots
        held = sum(lot.credits for lot in lots if lot.live_at(now))
        if held >= row.below or _in_flight(row):
            return None
        if not _fits(row, now):
            return not_allowed(Problem.CEILING)
        key = f"top-up:{now.isoformat()}"
        return create_order(row.account, row.credits, key, None, now, automatic=True)


def _fits(row: TopUp, now: datetime) -> bool:
    """Whether this month's ceiling leaves room for another one."""
    offer = checkout(row.account, row.credits)
    if isinstance(offer, Refused):
        return True  # what refuses it says so better
    return spent_in_month(row.account_id, now) + offer.bill.total.cents <= row.most_cents


def _tell(row: TopUp, code: str, when: str, now: datetime, cause: str = "") -> None:
    event = Event(
        key=f"{code}:{row.account_id}:{when}",
        account=row.account_id,
        code=code,
        parameters={
            "connects": row.credits,
            "cause": cause,
            "ceiling_cents": row.most_cents,
            "currency": party_of(row.account, now).book.currency,
        },
    )
    put_in_outbox([event], now)
