"""Going on with payments: what the worker does, what a payer's return and a provider's message cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from connects.acts.money import refund
from connects.acts.money.cancel_payment import cancel_payment, is_unwanted
from connects.acts.money.compare_repayments import compare_repayments
from connects.acts.money.request_payment import payer_of, request_payment
from connects.acts.money.settle import settle_payment
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import retry_renewal
from connects.acts.purchases.deliver import deliver_purchase
from connects.billing.port import Answer, EventKind, ProviderEvent, Unreachable, Waiting
from connects.bootstrap.providers import provider_named
from connects.market.books.reading import KINDS
from connects.market.payments.models import (
    MONEY_IS_HERE,
    MONEY_WENT_BACK,
    Payable,
    PaymentStatus,
)
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.market.settlement.models import ProviderMessage

Payment: TypeAlias = Purchase | PlanPayment


PAYERS_TIME = timedelta(hours=1)
"""How long a payer may take on a provider's page or at their bank, before the order is given up."""

BATCH = 50


def payment_named(noun: str, public_id: str) -> Payment | None:
    """The payment of that reference."""
    for kind in KINDS:
        if noun == kind.NOUN:
            return kind.objects.select_related("account").filter(public_id=public_id).first()
    return None


def continue_any_payment(payment: Payment, now: datetime) -> Payment:
    """Ask what has become of a payment or a refund, and book it."""
    if payment.status == PaymentStatus.REFUNDING:
        return refund.continue_refund(payment, now)
    if payment.status in (*MONEY_IS_HERE, *MONEY_WENT_BACK):
        compared = compare_repayments(payment, now)
        return payment if isinstance(compared, Unreachable) else compared
    if is_unwanted(payment, now):
        return cancel_payment(payment, now)
    if isinstance(payment, PlanPayment) and payment.is_renewal and is_open(payment):
        retry_renewal.retry_now(payment.account_id, now)
        payment.refresh_from_db()
        return payment
    answer = request_payment(payment, payer_of(payment.account), now)
    if isinstance(answer, Waiting) and now - payment.ordered >= PAYERS_TIME:
        answer = provider_named(payment.provider).cancel(answer.reference)
    return _settled(payment, answer, now)


def is_open(payment: Payable) -> bool:
    """Whether it is not known yet what becomes of it."""
    return payment.status == PaymentStatus.PENDING


def give_up(payment: Payment, now: datetime) -> Payment:
    """Give the order up for a payer who does not want to pay: first make sure that nobody can."""
    if not is_open(payment) or not payment.provider_reference:
        return payment
    answer = provider_named(payment.provider).cancel(payment.provider_reference)
    return _settled(payment, answer, now)


def _settled(payment: Payment, answer: Answer, now: datetime) -> Payment:
    if isinstance(payment, Purchase):
        return settle_payment(payment, answer, deliver_purchase, now)
    return settle_payment(payment, answer, plans.begin_paid_plan, now)


def next_due(until: datetime) -> datetime | None:
    """The first instant at which a payment is to be asked after, by `until`."""
    firsts = [
        kind.objects.filter(look_again__lte=until)
        .order_by("look_again")
        .values_list("look_again", flat=True)
        .first()
        for kind in KINDS
    ]
    return min((first for first in firsts if first is not None), default=None)


def do_due(until: datetime, now: datetime) -> None:
    """Ask after a batch of the payments that are to be asked after by `until`."""
    for kind in KINDS:
        rows = kind.objects.select_related("account").filter(look_again__lte=until)
        for payment in rows.order_by("look_again")[:BATCH]:
            continue_any_payment(payment, now)


def receive_webhook(
    provider: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> ProviderMessage:
    """Handle a provider's webhook, once.

    The webhook only says which payment to ask about; what is booked is the provider's answer. So the
    order of webhooks does not matter. Raises `Forged`; LookupError if there are no keys for the
    provider; ConnectionError if it should send the webhook again.
    """
    event = provider_named(provider).read_event(body, headers)
    dealt_with = ProviderMessage.objects.filter(provider=provider, event=event.id).first()
    if dealt_with is not None:
        return dealt_with
    payment = _subject(provider, event)
    if payment is not None:
        payment = _react(payment, event, now)
    message, _ = ProviderMessage.objects.get_or_create(
        provider=provider,
        event=event.id,
        defaults={
            "kind": event.kind.value,
            "subject": payment.reference if payment else "",
            "received": now,
        },
    )
    return message


def _subject(provider: str, event: ProviderEvent) -> Payment | None:
    noun, _, public_id = event.ours.partition(":")
    found = payment_named(noun, public_id)
    if found is not None or not event.payment:
        return found
    return payment_called(provider, event.payment)


def payment_called(provider: str, reference: str) -> Payment | None:
    """The payment that the provider calls so."""
    for kind in KINDS:
        rows = kind.objects.select_related("account")
        found = rows.filter(provider=provider, provider_reference=reference).first()
        if found is not None:
            return found
    return None


def _react(payment: Payment, event: ProviderEvent, now: datetime) -> Payment:
    """Ask about what the message is about. Raises ConnectionError where no answer comes, so that the
    provider sends its message again.
    """
    if event.kind is EventKind.OTHER:
        return payment
    if payment.status in UNFINISHED:
        # Asked after under this name; where we had no answer, it is the first that we hear of it.
        payment.provider_reference = payment.provider_reference or event.payment
        payment = continue_any_payment(payment, now)
    unheard = is_open(payment) and not payment.provider_reference
    if event.kind is EventKind.PAYMENT:
        if unheard:
            raise ConnectionError("the provider could not be asked")
        return payment
    if not payment.received_currency:
        raise ConnectionError("the payment itself is not known yet")
    compared = compare_repayments(payment, now, [event.repaid] if event.repaid else ())
    if isinstance(compared, Unreachable):
        raise ConnectionError(compared.problem)
    return compared


UNFINISHED = (
    PaymentStatus.PENDING,
    PaymentStatus.DECLINED,
    PaymentStatus.ABANDONED,
    PaymentStatus.REFUNDING,
)
