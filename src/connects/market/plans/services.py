"""Changing plans, with the payment that a dearer one takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from connects.actions.begin_cycles import CycleStart, begin_cycles, issue_plan_connects
from connects.actions.change_plan import PlanOffer, offer_plan
from connects.billing.port import Charge, Declined
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.selectors import carried_over, chains_of, party_of
from connects.market.people.models import Account
from connects.market.plans.freezing import is_frozen
from connects.market.plans.models import PlanPayment, PlanPaymentStatus, Subscription
from connects.market.plans.rows import Held, lock, read, save
from connects.market.plans.subscriptions import cycle_of, first_drip, move_on
from connects.market.purchases.payments import method_of, take
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused

KEY_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """What a wish to change the plan came to: `payment` is None where nothing was charged."""

    offer: PlanOffer
    payment: PlanPayment | None = None


def held_by(account: Account) -> Held:
    """The subscription of an account, as it is."""
    return read(Subscription.objects.filter(account=account))[0]


def quote(account: Account, plan: str) -> PlanOffer | Refused:
    """What moving to that plan would cost and bring, and when, before any money moves."""
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "freelancers_only"})
    return _offer(account, held_by(account), plan, clock_now())


def _offer(account: Account, subscription: Held, plan: str, now: datetime) -> PlanOffer | Refused:
    if is_frozen(account):
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "frozen"})
    if subscription.renews <= now or subscription.next_try is not None:
        # The month's own payment is under way; what it comes to decides what a change would cost.
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "renewal_under_way"})
    return offer_plan(party_of(account, now), cycle_of(subscription), plan, now)


def subscribe(
    account: Account, plan: str, key: str, pay_with: str | None = None
) -> PlanChanged | Refused:
    """Move to a plan: a dearer one now, once it is paid; a cheaper one when the cycle ends.

    Choosing the present plan again takes a cancellation back. The same key again is the same wish.
    Refused with `invalid`, `not_allowed`, `payment_method_unavailable` or `payment_declined`.
    """
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "freelancers_only"})
    if not key or len(key) > KEY_CHARACTERS or not key.isprintable():
        return Refused(RefusalCode.INVALID, {"problem": "not_a_key", "field": "key"})
    now = clock_now()
    with transaction.atomic():
        subscription = lock(account.pk)
        wish = _earlier(account, plan, key) or _place(
            account, subscription, plan, key, pay_with, now
        )
    if isinstance(wish, Refused) or wish.payment is None:
        return wish
    return _pay(account, wish, now)


def cancel(account: Account, plan: str | None = None) -> PlanChanged | Refused:
    """End the membership with its cycle; what it brought stays as long as it would have.

    `plan` names the one that is meant. Refused with `not_allowed`, or `invalid` where the account is
    not on that plan, or on one without a price.
    """
    now = clock_now()
    if not AccountKind(account.kind).holds_wallet:
        return Refused(RefusalCode.NOT_ALLOWED, {"problem": "freelancers_only"})
    party = party_of(account, now)
    if party.book.plan(party.plan).is_free or plan not in (None, party.plan):
        return Refused(RefusalCode.INVALID, {"problem": "nothing_to_cancel", "field": "plan"})
    with transaction.atomic():
        subscription = lock(account.pk)
        return _place(account, subscription, party.book.default_plan, "", None, now)


def _earlier(account: Account, plan: str, key: str) -> PlanChanged | Refused | None:
    """The wish that this key has brought before, if any."""
    payment = PlanPayment.objects.filter(account=account, key=key).first()
    if payment is None:
        return None
    if payment.plan != plan:
        return Refused(RefusalCode.INVALID, {"problem": "idempotency_key_reused", "key": key})
    party = party_of(account, payment.ordered)
    title = party.book.plan_or_default(plan).title
    renews = held_by(account).renews
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


def _place(
    account: Account, subscription: Held, plan: str, key: str, pay_with: str | None, now: datetime
) -> PlanChanged | Refused:
    """Note a change that costs nothing now; of one that does, the wish to be paid."""
    offer = _offer(account, subscription, plan, now)
    if isinstance(offer, Refused):
        return offer
    if not offer.at_once or plan == subscription.plan:
        subscription.next_plan = "" if offer.at_once else plan
        save((subscription,))
        return PlanChanged(offer)
    book = party_of(account, now).book
    method = pay_with or method_of(account).kind
    if method not in book.payment.methods:
        return Refused(RefusalCode.PAYMENT_METHOD_UNAVAILABLE, {"method": method})
    payment = PlanPayment.objects.create(
        account=account,
        key=key,
        plan=plan,
        connects=offer.connects,
        new_cycle=offer.new_cycle,
        price_cents=offer.price.cents,
        currency=offer.price.currency,
        method=method,
        rule_book=book.label,
        ordered=now,
    )
    return PlanChanged(offer, payment)


def _pay(account: Account, wish: PlanChanged, now: datetime) -> PlanChanged | Refused:
    """Take the money, outside of any transaction, and begin the plan; or nothing of it."""
    payment = wish.payment
    assert payment is not None
    if payment.status == PlanPaymentStatus.PENDING:
        answer = take(charge_for(payment, wish.offer.title), method_of(account))
        if isinstance(answer, Declined):
            PlanPayment.objects.filter(pk=payment.pk, status=PlanPaymentStatus.PENDING).update(
                status=PlanPaymentStatus.DECLINED, provider_reference=answer.cause
            )
            payment.status = PlanPaymentStatus.DECLINED
        else:
            _begin(account, payment, answer.reference, now)
    if payment.status == PlanPaymentStatus.DECLINED:
        return Refused(RefusalCode.PAYMENT_DECLINED, {"method": payment.method})
    return wish


def charge_for(payment: PlanPayment, title: str) -> Charge:
    """The charge of a plan's payment; its name makes it once."""
    return Charge(
        key=payment.public_id,
        amount=Money(payment.price_cents, payment.currency),
        method=payment.method,
        description=f"{title} membership",
    )


def _begin(account: Account, payment: PlanPayment, reference: str, now: datetime) -> None:
    """The plan that was paid for begins: in a cycle of its own, or for what is left of this one."""
    with transaction.atomic():
        subscription = lock(account.pk)
        payment.refresh_from_db()
        if payment.status == PlanPaymentStatus.PAID:
            return
        chain = chains_of([account.pk], now)[account.pk]
        ended, kind = subscription.plan, AccountKind(account.kind)
        plan = chain[-1].book.plan_or_default(payment.plan)
        if payment.new_cycle:
            subscription.anchor = now
            move_on(subscription, plan, now)
        else:
            subscription.plan, subscription.next_plan = plan.name, ""
            subscription.next_drip = first_drip(plan, now)
        save((subscription,))
        start = CycleStart(
            party=party_of(account, now),
            ended_plan=ended,
            begins=now,
            effective=now,
            connects=payment.connects,
            cost_cents=payment.price_cents,
            carried=carried_over(chain, kind, ended),
        )
        if payment.new_cycle:
            begin_cycles(journal(), (start,), now)
        elif payment.connects:
            name = f"plan-payment:{payment.public_id}"
            journal().post_one(issue_plan_connects(start, name), now)
        payment.status = PlanPaymentStatus.PAID
        payment.provider_reference = reference
        payment.paid = now
        payment.save()
