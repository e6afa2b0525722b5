"""Read Stripe's resources into the port's values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import stripe

from connects.billing.port import (
    Answer,
    BalanceTransaction,
    DeclineCause,
    Declined,
    EventKind,
    MethodKind,
    Paid,
    ProviderEvent,
    Repaid,
    RepaymentKind,
    SavedMethod,
    Waiting,
)
from connects.billing.stripe_errors import cause_of
from connects.vocabulary.amounts import Cents, Money

EVENTS = {
    "checkout.session.completed": EventKind.PAYMENT,
    "checkout.session.async_payment_succeeded": EventKind.PAYMENT,
    "checkout.session.async_payment_failed": EventKind.PAYMENT,
    "checkout.session.expired": EventKind.PAYMENT,
    "payment_intent.succeeded": EventKind.PAYMENT,
    "payment_intent.payment_failed": EventKind.PAYMENT,
    "payment_intent.canceled": EventKind.PAYMENT,
    "charge.refunded": EventKind.REFUND,
    "refund.created": EventKind.REFUND,
    "refund.updated": EventKind.REFUND,
    "refund.failed": EventKind.REFUND,
    "charge.dispute.created": EventKind.DISPUTE_OPENED,
    "charge.dispute.updated": EventKind.DISPUTE_OPENED,
    "charge.dispute.funds_withdrawn": EventKind.DISPUTE_OPENED,
    "charge.dispute.closed": EventKind.DISPUTE_LOST,
    "charge.dispute.funds_reinstated": EventKind.DISPUTE_WON,
}
"""The webhooks to subscribe to. All others are received and ignored."""

LINES = {
    "charge": "payment",
    "payment": "payment",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund",
    "payment_failure_refund": "refund",
    "dispute": "dispute",
    "dispute_reversal": "dispute-reversal",
    "payout": "payout",
    "payout_cancel": "payout",
    "payout_failure": "payout",
}

BRANDS = {"amex": "American Express", "diners": "Diners Club", "jcb": "JCB", "unionpay": "UnionPay"}


def intent_answer(intent: stripe.PaymentIntent) -> Answer:
    """What a payment intent says, with its `latest_charge.balance_transaction` and `payment_method`."""
    match intent.status:
        case "succeeded":
            amount = Money(intent.amount_received, intent.currency.upper())
            return Paid(intent.id, amount, fee_of(intent), kept_by(intent))
        case "canceled":
            return Declined(DeclineCause.ABANDONED, intent.cancellation_reason or "canceled")
        case "requires_payment_method":
            return last_refusal(intent)
    action = intent.next_action
    page = action.redirect_to_url if action else None
    return Waiting(intent.id, (page.url if page else None) or "")


def last_refusal(intent: stripe.PaymentIntent) -> Declined:
    """Why the card that was tried last did not pay."""
    problem = intent.last_payment_error
    if problem is None:
        return Declined(DeclineCause.DECLINED, intent.status)
    code, decline_code = problem.code or "", getattr(problem, "decline_code", None) or ""
    return Declined(cause_of(code, decline_code), decline_code or code)


def fee_of(intent: stripe.PaymentIntent) -> Cents | None:
    """What Stripe kept; None while it is not known, or where it is counted in another currency."""
    charge = intent.latest_charge
    line = charge.balance_transaction if isinstance(charge, stripe.Charge) else None
    if isinstance(line, stripe.BalanceTransaction) and line.currency == intent.currency:
        return line.fee
    return None


def kept_by(intent: stripe.PaymentIntent) -> SavedMethod | None:
    """The method that the payment left with the customer, if it was to."""
    method = intent.payment_method
    if intent.setup_future_usage is None or not isinstance(method, stripe.PaymentMethod):
        return None
    return saved_method(method)


def saved_method(method: stripe.PaymentMethod) -> SavedMethod | None:
    """A kept card; None for another kind of method, or a card that belongs to nobody."""
    card = getattr(method, "card", None)
    customer = name_of(method.customer)
    if card is None or not customer:
        return None
    kind = MethodKind.PREPAID if card.funding == "prepaid" else MethodKind.CARD
    label = f"{BRANDS.get(card.brand, card.brand.title())} ending in {card.last4}"
    expires = f"{card.exp_year:04d}-{card.exp_month:02d}"
    return SavedMethod(kind, method.id, customer, label, expires)


def name_of(resource: Any) -> str:
    """The id of what Stripe gives as an id or, where it was to be expanded, as a whole."""
    if resource is None or isinstance(resource, str):
        return resource or ""
    return str(resource.id)


def provider_event(event: stripe.Event) -> ProviderEvent:
    """A webhook, as far as its own content goes."""
    subject: Mapping[str, Any] = event.data.object.to_dict()
    kind = EVENTS.get(event.type, EventKind.OTHER)
    if subject.get("mode") == "setup":
        kind = EventKind.OTHER
    of_a_payment = subject.get("object") in ("payment_intent", "checkout.session")
    payment = subject.get("id") if of_a_payment else subject.get("payment_intent")
    metadata = subject.get("metadata") or {}
    return ProviderEvent(event.id, kind, name_of(payment), metadata.get("reference", ""))


def dispute_kind(heard: EventKind, status: str) -> EventKind:
    """What a webhook about a dispute means, since webhooks may come in any order.

    An inquiry (`warning_…`) takes no money. If a dispute was won, even an early webhook says so; one
    that was lost must have been opened, too.
    """
    if status.startswith("warning_") or status == "prevented":
        return EventKind.OTHER
    if status == "won":
        return EventKind.DISPUTE_WON
    return heard


REFUND_CAME_BACK = ("failed", "canceled")


def repaid_by_refund(refund: stripe.Refund) -> Repaid | None:
    """A refund as it stands; None where no money has moved and none will."""
    stands = refund.status not in REFUND_CAME_BACK
    if not stands and refund.balance_transaction is None:
        return None
    return Repaid(
        id=refund.id,
        kind=RepaymentKind.REFUND,
        amount=Money(refund.amount, refund.currency.upper()),
        stands=stands,
        happened=datetime.fromtimestamp(refund.created, UTC),
    )


def repaid_by_dispute(dispute: stripe.Dispute) -> Repaid | None:
    """A dispute as it stands; None for an inquiry, which takes no money."""
    if dispute.status.startswith("warning_") or dispute.status == "prevented":
        return None
    return Repaid(
        id=dispute.id,
        kind=RepaymentKind.DISPUTE,
        amount=Money(dispute.amount, dispute.currency.upper()),
        stands=dispute.status != "won",
        happened=datetime.fromtimestamp(dispute.created, UTC),
    )


def balance_line(line: stripe.BalanceTransaction) -> BalanceTransaction:
    """A line of Stripe's balance, whose `source` says which payment it is about."""
    kind = LINES.get(line.type) or LINES.get(line.reporting_category, "fee")
    return BalanceTransaction(
        id=line.id,
        kind=kind,
        amount=Money(line.amount, line.currency.upper()),
        fee=line.fee,
        payment=name_of(getattr(line.source, "payment_intent", None)),
        happened=datetime.fromtimestamp(line.created, UTC),
    )
