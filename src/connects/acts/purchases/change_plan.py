"""Change plans, with the payment that a more expensive one takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from connects.acts.memberships.cycle_event import cycle_event
from connects.acts.memberships.freeze import as_if_awake
from connects.acts.memberships.hold_rest import hold_rest_for_room
from connects.acts.memberships.leave import leave_plan, want_no_longer
from connects.acts.memberships.leaving_offer import leaving_offer, nothing_charged
from connects.acts.memberships.make_room import refusal_for_room
from connects.acts.memberships.next_cycle import cycle_of, lots_begun, move_on, plan_begun
from connects.acts.memberships.open_subscription import first_drip
from connects.acts.money.settle import continue_until_settled
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.purchases import renew
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.port import Posted
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import (
    Chain,
    carried_over,
    chains_of,
    party_of,
    party_under,
)
from connects.market.payments.methods import method_named
from connects.market.payments.models import PaymentStatus
from connects.market.payments.taxes import billing_profile, tax_for
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.plans.rows import (
    SubscriptionRow,
    lock_subscription,
    read_subscriptions,
    save_subscriptions,
)
from connects.movements.begin_cycles import CycleStart, begin_cycles, forfeited, issue_plan_connects
from connects.movements.change_plan import PlanOffer, offer_plan
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import key_refused, key_reused


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """The result of changing the plan: `payment` is None if nothing is charged, and pending if the
    payer has something to do first.
    """

    offer: PlanOffer
    payment: PlanPayment | None = None


def subscription_of(account: Account) -> SubscriptionRow:
    """The subscription of an account, as it is."""
    return read_subscriptions(Subscription.objects.filter(account=account))[0]


def quote(account: Account, plan: str) -> PlanOffer | Refused:
    """Preview moving to that plan: what it would cost and bring, and when, before any money moves."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    now = clock_now()
    return offer_for(account, chain_of(account, now), subscription_of(account), plan, now)


def chain_of(account: Account, now: datetime) -> Chain:
    """The rule books of an account up to now."""
    return chains_of([account.pk], now)[account.pk]


def offer_for(
    account: Account,
    chain: Chain,
    subscription: SubscriptionRow,
    plan: str,
    now: datetime,
    wallet: Wallet | None = None,
) -> PlanOffer | Refused:
    """What moving to that plan would do, or the refusal; `wallet` is what is held now, where known."""
    kind = AccountKind(account.kind)
    party = party_under(chain[-1].book, account.pk, kind, subscription.plan)
    if plan == party.book.default_plan:
        return leaving_offer(party, as_if_awake(subscription, now), now)
    if subscription.frozen is not None:
        return not_allowed(Problem.FROZEN)
    if subscription.renews <= now or subscription.next_try is not None:
        # The month's own payment is in progress; what it comes to decides what a change would cost.
        return not_allowed(Problem.RENEWAL_UNDER_WAY)
    offer = offer_plan(party, cycle_of(subscription), plan, now)
    if isinstance(offer, Refused) or not offer.at_once:
        return offer
    return refusal_for_room(party, chain, offer, now, wallet) or offer


def subscribe(
    account: Account,
    plan: str,
    key: str,
    pay_with: str | None = None,
    *,
    keep_method: bool = False,
) -> PlanChanged | Refused:
    """Move to a plan: a more expensive one now, once it is paid; a cheaper one when the cycle ends.

    Choosing the present plan again undoes a cancellation. The same key again is the same request, and
    continues it. `pay_with` names a way to pay (`Choice.name`, or its kind); None is the first that
    can. Refused with `invalid`, `not_allowed`, `payment_method_unavailable` or `payment_declined`.
    """
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    wrong = suspended_problem(account) or key_refused(key)
    if wrong is not None:
        return wrong
    now = clock_now()
    with transaction.atomic():
        subscription = lock_subscription(account.pk)
        change = _earlier(account, plan, key) or _create_order(
            account, subscription, plan, key, pay_with, now
        )
        if isinstance(change, PlanChanged) and change.payment is not None and keep_method:
            change.payment.keeps_method = True
            change.payment.save(update_fields=["keeps_method"])
    if isinstance(change, Refused) or change.payment is None:
        renew.catch_up(account.pk, now)
        return change
    payment = continue_plan_payment(change.payment, now)
    return payment if isinstance(payment, Refused) else PlanChanged(change.offer, payment)


def cancel(account: Account, plan: str | None = None) -> PlanChanged | Refused:
    """End the membership with its month, or at once if the month that has begun is not paid.

    Accepted at any moment, and nothing is charged after it. What the membership brought stays as long
    as it would have. `plan` names the one to end. Refused with `not_allowed`, or with `invalid` if the
    account is not on that plan, or on a free one, or has cancelled before.
    """
    now = clock_now()
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    with transaction.atomic():
        subscription = lock_subscription(account.pk)
        party = party_of(account, now)
        if plan not in (None, party.plan):
            return _nothing_to_cancel()
        if not party.book.plan(party.plan).price(party.kind):
            if not want_no_longer(account.pk, now):
                return _nothing_to_cancel()
            return PlanChanged(nothing_charged(party, subscription, now))
        change = _create_order(account, subscription, party.book.default_plan, "", None, now)
    renew.catch_up(account.pk, now)
    return change


def _nothing_to_cancel() -> Refused:
    return invalid(Problem.NOTHING_TO_CANCEL, field="plan")


def was_ordered(account: Account, key: str) -> bool:
    """Whether the account has asked for a plan under that key before."""
    return PlanPayment.objects.filter(account=account, key=key).exists()


def _earlier(account: Account, plan: str, key: str) -> PlanChanged | Refused | None:
    """The result that this key had before, if any."""
    payment = PlanPayment.objects.filter(account=account, key=key).first()
    if payment is None:
        return None
    if payment.plan != plan:
        return key_reused(key)
    party = party_of(account, payment.ordered)
    title = party.book.plan_or_default(plan).title
    renews = subscription_of(account).renews
    offer = PlanOffer(
        plan=plan,
        title=title,
        at_once=True,
        begins=payment.ordered,
        price=Money(payment.price_cents, payment.currency),
        connects=payment.connects,
        new_cycle=payment.new_cycle,
        renews=renews,
    )
    return PlanChanged(offer, payment)


def _create_order(
    account: Account,
    subscription: SubscriptionRow,
    plan: str,
    key: str,
    pay_with: str | None,
    now: datetime,
) -> PlanChanged | Refused:
    """Record the change if it costs nothing now; if it costs, record the payment to request."""
    chain = chain_of(account, now)
    book = chain[-1].book
    offer = offer_for(account, chain, subscription, plan, now)
    if isinstance(offer, Refused):
        return offer
    if plan == book.default_plan:
        leave_plan(subscription, book, now)
        return PlanChanged(offer)
    if not offer.at_once or plan == subscription.plan:
        subscription.next_plan = "" if offer.at_once else plan
        save_subscriptions((subscription,))
        return PlanChanged(offer)
    open_wishes = PlanPayment.objects.filter(account=account, status=PaymentStatus.PENDING)
    if open_wishes.filter(unwanted__isnull=True).exists():
        return not_allowed(Problem.PAYMENT_UNDER_WAY)
    profile = billing_profile(account)
    tax = tax_for(profile, offer.price.cents, now)
    method = method_named(profile, book, offer.price.cents + tax.cents, pay_with)
    if isinstance(method, Refused):
        return method
    payment = PlanPayment(
        account=account,
        key=key,
        plan=plan,
        title=offer.title,
        connects=offer.connects,
        new_cycle=offer.new_cycle,
        price_cents=offer.price.cents,
        currency=offer.price.currency,
        rule_book=book.label,
        ordered=now,
    )
    payment.begin(method, tax, now)
    payment.save()
    return PlanChanged(offer, payment)


def continue_plan_payment(payment: PlanPayment, now: datetime) -> PlanPayment | Refused:
    """Go on with a payment from wherever it stands. Refused with `payment_declined`."""
    return continue_until_settled(payment, begin_paid_plan, now)


def begin_paid_plan(payment: PlanPayment, now: datetime) -> None:
    """The plan that was paid for begins: in a cycle of its own, or for what is left of this one.

    Runs in the caller's transaction.
    """
    account = payment.account
    subscription = lock_subscription(account.pk)
    chain = chain_of(account, now)
    ended, kind = subscription.plan, AccountKind(account.kind)
    plan = chain[-1].book.plan_or_default(payment.plan)
    if payment.new_cycle:
        subscription.anchor = now
        move_on(subscription, plan, now)
    else:
        subscription.plan, subscription.next_plan = plan.name, ""
        subscription.next_drip = first_drip(plan, now)
    save_subscriptions((subscription,))
    put_in_outbox([cycle_event("membership.started", subscription, now)], now)
    start = CycleStart(
        party=party_of(account, now),
        ended_plan=ended,
        begins=now,
        effective=now,
        connects=payment.connects,
        cost_cents=payment.price_cents,
        carried=carried_over(chain, kind, ended),
        payment=payment.reference,
    )
    posted: Sequence[Posted] = ()
    if payment.new_cycle:
        posted = begin_cycles(journal(), (start,), now)
        put_in_outbox(forfeited(posted), now)
    elif payment.connects:
        outcome = journal().post_one(issue_plan_connects(start), now)
        posted = () if isinstance(outcome, Refused) else (outcome,)
    payment.lot = lots_begun(posted).get(account.pk)
    held = journal().wallet(account.pk).balance
    put_in_outbox([plan_begun(payment, plan.title, held, subscription.renews)], now)
    hold_rest_for_room(posted, {account.pk: payment}, {account.pk: subscription.renews}, now)
