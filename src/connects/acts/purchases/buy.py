"""Buy Connects: preview, order, payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from connects.acts.money.settle import continue_until_settled
from connects.acts.purchases.deliver import deliver_purchase
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import (
    chains_of,
    next_rollover,
    party_of,
    party_under,
    wallet_of,
)
from connects.market.payments.bill import Bill, bill_for
from connects.market.payments.methods import method_named
from connects.market.payments.models import PaymentStatus
from connects.market.payments.taxes import billing_profile, tax_for
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.plans.selectors import plan_held
from connects.market.purchases.models import Purchase
from connects.movements.buy_connects import Order, order_connects
from connects.movements.party import Party
from connects.statements.rollover import loss_of_purchase
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.vocabulary.typed_input import key_refused, key_reused


@dataclass(frozen=True, slots=True)
class Checkout:
    """A preview of a purchase: what it would cost and change, before money moves.

    `lost` is how many more Connects the next renewal, at `renews`, would trim because of it, were none
    spent before.
    """

    order: Order
    bill: Bill
    lost: Connects
    renews: datetime


def checkout(account: Account, credits: Connects) -> Checkout | Refused:
    """Preview buying `credits` now, or say why it is refused."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    now, kind = clock_now(), AccountKind(account.kind)
    wallet = wallet_of(account.pk)
    chain = chains_of([account.pk], now)[account.pk]
    cycle = plan_held(account.pk)
    party = party_under(chain[-1].book, account.pk, kind, cycle.plan)
    order = _order(account, party, wallet, credits, party.book.payment.methods[0], now)
    if isinstance(order, Refused):
        return order
    coming = next_rollover(chain, kind, cycle)
    lost = loss_of_purchase(wallet, coming, credits, order.expires, now)
    return Checkout(order, bill_for(account, party.book, order.price, now), lost, cycle.renews)


def was_ordered(account: Account, key: str) -> bool:
    """Whether the account has ordered under that key before."""
    return Purchase.objects.filter(account=account, key=key).exists()


def _order(
    account: Account,
    party: Party,
    wallet: Wallet,
    credits: Connects,
    method: str,
    now: datetime,
) -> Order | Refused:
    pending = Purchase.objects.filter(account=account, status=PaymentStatus.PENDING)
    waiting = pending.aggregate(credits=Sum("credits"))["credits"] or 0
    live = tuple(lot for lot in wallet.lots if lot.live_at(now))
    return order_connects(party, wallet.with_lots(live), credits, method, now, waiting)


def order(
    account: Account,
    credits: Connects,
    key: str,
    pay_with: str | None = None,
    *,
    keep_method: bool = False,
) -> Purchase | Refused:
    """Order Connects and ask for the money. The same key again is the same order, and goes on with it.

    Money moves between two transactions, and it may not have moved yet: the purchase that is returned
    is paid, or pending and then says where the payer goes on (`page`). `pay_with` names a way to pay
    (`Choice.name`, or its kind); None is the first that can. Refused with `bundle_unknown`,
    `balance_cap`, `payment_method_unavailable`, `payment_declined`, `not_allowed` or `invalid`.
    """
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    wrong = suspended_problem(account) or key_refused(key)
    if wrong is not None:
        return wrong
    now = clock_now()
    purchase = create_order(account, credits, key, pay_with, now, keep_method=keep_method)
    if isinstance(purchase, Refused):
        return purchase
    return continue_payment(purchase, now)


def continue_payment(purchase: Purchase, now: datetime) -> Purchase | Refused:
    """Go on with a purchase from wherever it stands. Refused with `payment_declined`."""
    return continue_until_settled(purchase, deliver_purchase, now)


def create_order(
    account: Account,
    credits: Connects,
    key: str,
    pay_with: str | None,
    now: datetime,
    *,
    keep_method: bool = False,
    automatic: bool = False,
) -> Purchase | Refused:
    """The order's row: the earlier one of this key, or a new one that reserves its room."""
    try:
        with transaction.atomic():
            journal().lock((account.pk,))
            earlier = Purchase.objects.filter(account=account, key=key).first()
            if earlier is not None:
                return earlier if earlier.credits == credits else key_reused(key)
            party, wallet = party_of(account, now), journal().wallet(account.pk)
            order = _order(account, party, wallet, credits, party.book.payment.methods[0], now)
            if isinstance(order, Refused):
                return order
            profile = billing_profile(account)
            tax = tax_for(profile, order.price.cents, now)
            method = method_named(profile, party.book, order.price.cents + tax.cents, pay_with)
            if isinstance(method, Refused):
                return method
            purchase = Purchase(
                account=account,
                key=key,
                credits=order.credits,
                price_cents=order.price.cents,
                currency=order.price.currency,
                rule_book=party.book.label,
                ordered=now,
                keeps_method=keep_method,
                payer_present=not automatic,
                automatic=automatic,
            )
            purchase.begin(method, tax, now)
            purchase.save()
            return purchase
    except IntegrityError:
        return Purchase.objects.get(account=account, key=key)
