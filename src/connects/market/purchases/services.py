"""Buying Connects, payment methods, and courtesy grants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from connects.actions.buy_connects import Order, deliver_connects, order_connects
from connects.actions.grant_connects import Grant, grant_connects
from connects.actions.party import Party
from connects.billing.port import Charge, Declined
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.lots import LotKind
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import chains_of, next_rollover, party_of, party_under
from connects.market.people.models import Account, User
from connects.market.plans.models import Subscription
from connects.market.public_ids import new_public_id
from connects.market.purchases.models import Purchase, PurchaseStatus
from connects.market.purchases.payments import method_of, take
from connects.market.trust.services import note_act
from connects.statements.rollover import loss_of_purchase
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused

GRANT_CREDITS_MOST = 1_000
"""The most that one courtesy grant may bring; more needs a second person."""

KEY_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Checkout:
    """What buying would cost and change, before money moves.

    `lost` is how many more Connects the next renewal, at `renews`, would trim because of it, were none
    spent before.
    """

    order: Order
    lost: Connects
    renews: datetime


def checkout(account: Account, credits: Connects) -> Checkout | Refused:
    """What buying `credits` now would cost and change, or why it is refused."""
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "freelancers_only"})
    now, kind = clock_now(), AccountKind(account.kind)
    wallet = journal().wallet(account.pk)
    chain = chains_of([account.pk], now)[account.pk]
    cycle = Subscription.objects.get(account=account)
    party = party_under(chain[-1].book, account.pk, kind, cycle.plan)
    order = _order(account, party, wallet, credits, method_of(account).kind, now)
    if isinstance(order, Refused):
        return order
    coming = next_rollover(chain, kind, cycle)
    lost = loss_of_purchase(wallet, coming, credits, order.expires, now)
    return Checkout(order, lost, cycle.renews)


def _order(
    account: Account,
    party: Party,
    wallet: Wallet,
    credits: Connects,
    method: str,
    now: datetime,
) -> Order | Refused:
    pending = Purchase.objects.filter(account=account, status=PurchaseStatus.PENDING)
    waiting = pending.aggregate(credits=Sum("credits"))["credits"] or 0
    live = tuple(lot for lot in wallet.lots if lot.live_at(now))
    return order_connects(party, wallet.with_lots(live), credits, method, now, waiting)


def order(
    account: Account, credits: Connects, key: str, pay_with: str | None = None
) -> Purchase | Refused:
    """Order Connects, take the money, deliver the lot. The same key again is the same order.

    The three steps are separate transactions, since money moves in the second one; a repeated order
    goes on where the earlier one stopped. Refused with `bundle_unknown`, `balance_cap`,
    `payment_method_unavailable`, `payment_declined`, `not_allowed` or `invalid`.
    """
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "freelancers_only"})
    if not key or len(key) > KEY_CHARACTERS or not key.isprintable():
        return Refused(RefusalCode.INVALID, {"problem": "not_a_key", "field": "key"})
    now = clock_now()
    purchase = _place(account, credits, key, pay_with, now)
    if isinstance(purchase, Refused) or purchase.status == PurchaseStatus.PAID:
        return purchase
    if purchase.status == PurchaseStatus.DECLINED:
        return _declined(purchase)
    charge = Charge(
        key=purchase.public_id,
        amount=Money(purchase.price_cents, purchase.currency),
        method=purchase.method,
        description=f"{purchase.credits} Connects",
    )
    answer = take(charge, method_of(account))
    if isinstance(answer, Declined):
        Purchase.objects.filter(pk=purchase.pk, status=PurchaseStatus.PENDING).update(
            status=PurchaseStatus.DECLINED, provider_reference=answer.cause
        )
        return _declined(purchase)
    return _deliver(purchase, account, answer.reference, now)


def _declined(purchase: Purchase) -> Refused:
    return Refused(RefusalCode.PAYMENT_DECLINED, {"method": purchase.method})


def _place(
    account: Account, credits: Connects, key: str, pay_with: str | None, now: datetime
) -> Purchase | Refused:
    """The order's row: the earlier one of this key, or a new one that reserves its room."""
    try:
        with transaction.atomic():
            journal().store.lock((account.pk,))
            earlier = Purchase.objects.filter(account=account, key=key).first()
            if earlier is not None:
                return earlier if earlier.credits == credits else _key_reused(key)
            party, wallet = party_of(account, now), journal().wallet(account.pk)
            method = pay_with or method_of(account).kind
            order = _order(account, party, wallet, credits, method, now)
            if isinstance(order, Refused):
                return order
            return Purchase.objects.create(
                public_id=new_public_id(),
                account=account,
                credits=order.credits,
                price_cents=order.price.cents,
                currency=order.price.currency,
                method=order.method,
                rule_book=party.book.label,
                key=key,
                ordered=now,
            )
    except IntegrityError:
        return Purchase.objects.get(account=account, key=key)


def _key_reused(key: str) -> Refused:
    return Refused(RefusalCode.INVALID, {"problem": "idempotency_key_reused", "key": key})


def _deliver(
    purchase: Purchase, account: Account, reference: str, now: datetime
) -> Purchase | Refused:
    with transaction.atomic():
        outcome = deliver_connects(
            journal(),
            party_of(account, now),
            purchase.credits,
            Money(purchase.price_cents, purchase.currency),
            f"purchase:{purchase.public_id}",
            now,
        )
        if isinstance(outcome, Refused):
            return outcome
        record = outcome.posted[0].record
        assert record is not None
        purchase.lot = record.entry.number
        purchase.status = PurchaseStatus.PAID
        purchase.provider_reference = reference
        purchase.paid = now
        purchase.save()
        return purchase


def grant(
    account: Account,
    credits: Connects,
    reason: str,
    staff: User | None,
    key: str,
    expires: datetime | None = None,
) -> Account | Refused:
    """A courtesy grant, with its line in the audit. `staff` is None where the marketplace acts.

    Refused with `not_allowed` or `invalid`.
    """
    if staff is not None and staff.staff_role not in (Role.OPERATOR, Role.SUPPORT):
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "support_only"})
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.INVALID, {"problem": "no_wallet", "field": "account"})
    if not 1 <= credits <= GRANT_CREDITS_MOST:
        return Refused(
            RefusalCode.INVALID,
            {"problem": "too_large", "field": "credits", "most": GRANT_CREDITS_MOST},
        )
    now = clock_now()
    if expires is not None and expires <= now:
        return Refused(RefusalCode.INVALID, {"problem": "in_the_past", "field": "expires"})
    with transaction.atomic():
        courtesy = Grant(
            party=party_of(account, now),
            kind=LotKind.COURTESY,
            credits=credits,
            reason=f"courtesy:{key}",
            effective=now,
            expires=expires,
        )
        (outcome,) = grant_connects(journal(), (courtesy,), now)
        if isinstance(outcome, Refused):
            return outcome
        if not outcome.repeated:
            act = {"credits": credits}
            note_act(staff, "grant", f"account:{account.handle}", reason, now, act)
    return account
