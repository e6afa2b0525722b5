"""Read PayPal's resources into the port's values."""

from __future__ import annotations

from datetime import UTC, datetime

from connects.billing.paypal_http import Json
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
from connects.vocabulary.amounts import Money, cents_from_decimal, decimal_from_cents

CAUSES = {
    "INSTRUMENT_DECLINED": DeclineCause.DECLINED,
    "PAYER_CANNOT_PAY": DeclineCause.DECLINED,
    "TRANSACTION_REFUSED": DeclineCause.DECLINED,
    "COMPLIANCE_VIOLATION": DeclineCause.DECLINED,
    "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED": DeclineCause.DECLINED,
    "CARD_EXPIRED": DeclineCause.EXPIRED_CARD,
    "PAYER_ACTION_REQUIRED": DeclineCause.AUTHENTICATION_REQUIRED,
    "AMOUNT_CHANGE_NOT_ALLOWED": DeclineCause.AMOUNT_REFUSED,
    "CANNOT_BE_ZERO_OR_NEGATIVE": DeclineCause.AMOUNT_REFUSED,
    "MAX_VALUE_EXCEEDED": DeclineCause.AMOUNT_REFUSED,
    "TRANSACTION_AMOUNT_EXCEEDS_MONTHLY_MAX_LIMIT": DeclineCause.AMOUNT_REFUSED,
    "TRANSACTION_LIMIT_EXCEEDED": DeclineCause.AMOUNT_REFUSED,
}
"""PayPal's issues. One that is not here means that the method cannot be used."""

EVENTS = {
    "CHECKOUT.ORDER.APPROVED": EventKind.PAYMENT,
    "PAYMENT.CAPTURE.COMPLETED": EventKind.PAYMENT,
    "PAYMENT.CAPTURE.PENDING": EventKind.PAYMENT,
    "PAYMENT.CAPTURE.DECLINED": EventKind.PAYMENT,
    "PAYMENT.CAPTURE.DENIED": EventKind.PAYMENT,
    "PAYMENT.CAPTURE.REFUNDED": EventKind.REFUND,
    "PAYMENT.REFUND.PENDING": EventKind.REFUND,
    "PAYMENT.REFUND.FAILED": EventKind.REFUND,
    "PAYMENT.CAPTURE.REVERSED": EventKind.DISPUTE_OPENED,
    "CUSTOMER.DISPUTE.CREATED": EventKind.DISPUTE_OPENED,
    "CUSTOMER.DISPUTE.UPDATED": EventKind.DISPUTE_OPENED,
    "CUSTOMER.DISPUTE.RESOLVED": EventKind.DISPUTE_LOST,
}
"""The webhooks to subscribe to. All others are received and ignored."""

WON = ("RESOLVED_SELLER_FAVOUR", "RESOLVED_WITH_PAYOUT", "CANCELED_BY_BUYER")
"""How a dispute ends with the money here. With a payout, PayPal pays the buyer and not we."""

ABANDONED = "abandoned"
"""Written over the reference of an order that is given up: PayPal has no way to cancel one."""

LINES = {
    "T00": "payment",
    "T01": "fee",
    "T04": "payout",
    "T1107": "refund",
    "T1106": "dispute",
    "T1110": "dispute",
    "T1201": "dispute",
    "T1111": "dispute-reversal",
    "T1202": "dispute-reversal",
}
"""PayPal's event codes, whole or by their first three signs."""


def amount_of(said: Json) -> Money:
    """An amount as PayPal writes it. Raises ValueError."""
    text = str(said["value"])
    currency = str(said["currency_code"])
    cents = cents_from_decimal(text.removeprefix("-"), currency)
    return Money(-cents if text.startswith("-") else cents, currency)


def amount_document(amount: Money) -> Json:
    """An amount as PayPal reads it."""
    return {
        "currency_code": amount.currency,
        "value": decimal_from_cents(amount.cents, amount.currency),
    }


def link(resource: Json, *names: str) -> str:
    """The address that a resource gives under one of these names, or ""."""
    found = (each["href"] for each in resource.get("links", []) if each.get("rel") in names)
    return str(next(found, ""))


def captured(order: Json) -> Json | None:
    """The last attempt to take the money of an order."""
    unit = order.get("purchase_units", [{}])[0]
    captures = unit.get("payments", {}).get("captures", [])
    return captures[-1] if captures else None


def is_given_up(order: Json) -> bool:
    """Whether we marked the order as no longer wanted."""
    return str(order.get("purchase_units", [{}])[0].get("custom_id", "")).startswith(ABANDONED)


def order_answer(order: Json) -> Answer:
    """The state of an order that nobody is about to capture."""
    capture = captured(order)
    if capture is not None:
        return capture_answer(capture, order["id"], kept_by(order))
    if order["status"] == "VOIDED" or is_given_up(order):
        return Declined(DeclineCause.ABANDONED, order["status"])
    return Waiting(order["id"], link(order, "payer-action", "approve"))


def capture_answer(capture: Json, order: str = "", saved: SavedMethod | None = None) -> Answer:
    """What a capture says: its money is here also where some of it went back since."""
    match capture["status"]:
        case "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED":
            breakdown = capture.get("seller_receivable_breakdown", {})
            amount = amount_of(capture["amount"])
            fee = amount_of(breakdown["paypal_fee"]) if "paypal_fee" in breakdown else None
            same_money = fee is not None and fee.currency == amount.currency
            return Paid(capture["id"], amount, fee.cents if fee and same_money else None, saved)
        case "DECLINED" | "FAILED":
            return Declined(DeclineCause.DECLINED, capture["status"])
    return Waiting(order or capture["id"])


def kept_by(order: Json) -> SavedMethod | None:
    """The PayPal account that the order left with us, if it was to and PayPal is done with it."""
    paypal = order.get("payment_source", {}).get("paypal", {})
    vault = paypal.get("attributes", {}).get("vault", {})
    return saved_account(vault, paypal) if vault.get("id") else None


def saved_account(token: Json, paypal: Json) -> SavedMethod:
    """A kept PayPal account, from the token and what PayPal says about the account."""
    label = f"PayPal {paypal.get('email_address', '')}".strip()
    customer = token.get("customer", {}).get("id", "")
    return SavedMethod(MethodKind.PAYPAL, token["id"], customer, label)


def provider_event(message: Json) -> ProviderEvent:
    """A webhook, as far as its own content goes."""
    kind = EVENTS.get(message["event_type"], EventKind.OTHER)
    resource = message.get("resource", {})
    if "disputed_transactions" in resource:
        return ProviderEvent(message["id"], kind, disputed_payment(resource))
    if "purchase_units" in resource:
        ours = resource["purchase_units"][0].get("custom_id", "")
    else:
        ours = resource.get("custom_id", "")
    # What goes back names its capture only by the link to it.
    above = link(resource, "up")
    payment = above.rpartition("/")[2] if "/captures/" in above else resource.get("id", "")
    repaid = None
    if message["event_type"] == "PAYMENT.CAPTURE.REVERSED":
        repaid = repaid_by_reversal(resource)
    return ProviderEvent(message["id"], kind, payment, ours, repaid)


def disputed_payment(dispute: Json) -> str:
    """The capture that a dispute is about."""
    disputed = dispute.get("disputed_transactions") or [{}]
    return str(disputed[0].get("seller_transaction_id", ""))


def dispute_kind(heard: EventKind, dispute: Json) -> EventKind:
    """What a message about a dispute means, as the dispute stands: messages may come in any order."""
    if dispute.get("dispute_outcome", {}).get("outcome_code") in WON:
        return EventKind.DISPUTE_WON
    return heard


def refunds_of(order: Json) -> list[Json]:
    """What was given back of an order."""
    payments = order.get("purchase_units", [{}])[0].get("payments", {})
    return list(payments.get("refunds", []))


def is_about(refund: Json, payment: str) -> bool:
    """Whether a refund is of that capture: only its link says so."""
    return link(refund, "up").rpartition("/")[2] in (payment, "")


def repaid_by_refund(refund: Json) -> Repaid:
    """A refund as it stands: one that is pending is on its way."""
    return Repaid(
        id=refund["id"],
        kind=RepaymentKind.REFUND,
        amount=amount_of(refund["amount"]),
        stands=refund["status"] not in ("FAILED", "CANCELLED"),
        happened=moment_of(refund),
    )


def repaid_by_dispute(dispute: Json) -> Repaid:
    """A dispute as it stands; PayPal takes the money when it is opened."""
    return Repaid(
        id=dispute["dispute_id"],
        kind=RepaymentKind.DISPUTE,
        amount=amount_of(dispute["dispute_amount"]),
        stands=dispute.get("dispute_outcome", {}).get("outcome_code") not in WON,
        happened=moment_of(dispute),
    )


def repaid_by_reversal(reversal: Json) -> Repaid:
    """What PayPal itself took back, which stands in no list of disputes."""
    return Repaid(
        id=reversal["id"],
        kind=RepaymentKind.DISPUTE,
        amount=amount_of(reversal["amount"]),
        stands=True,
        happened=moment_of(reversal),
    )


def moment_of(resource: Json) -> datetime:
    """When it came to be; long ago, where PayPal does not say."""
    said = resource.get("create_time", "1970-01-01T00:00:00Z")
    return datetime.fromisoformat(said).astimezone(UTC)


def balance_line(said: Json) -> BalanceTransaction:
    """A line of PayPal's report."""
    code = said["transaction_event_code"]
    kind = LINES.get(code) or LINES.get(code[:3], "fee")
    fee = amount_of(said["fee_amount"]).cents if "fee_amount" in said else 0
    of_itself = kind == "payment"
    return BalanceTransaction(
        id=said["transaction_id"],
        kind=kind,
        amount=amount_of(said["transaction_amount"]),
        fee=-fee,
        payment=said["transaction_id"] if of_itself else said.get("paypal_reference_id", ""),
        happened=datetime.fromisoformat(said["transaction_initiation_date"]).astimezone(UTC),
    )
