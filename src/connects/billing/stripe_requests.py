"""Requests to Stripe, in the parameters of its library.

A repeated request always has the same content, because Stripe refuses a known key with other content.
"""

from __future__ import annotations

from stripe.params import PaymentIntentCreateParams
from stripe.params.checkout import SessionCreateParams, SessionCreateParamsPaymentIntentData

from connects.billing.port import Charge, Payer, SavedMethod

ON_PAGE = "checkout"
"""Kept beside a payment that is made on Stripe's page, which may still be open when a card fails."""

CHARGE_AND_METHOD = ["latest_charge.balance_transaction", "payment_method"]
"""What a payment's answer is read from, beside the payment itself."""


def charge_request(
    charge: Charge, method: SavedMethod, *, present: bool, back: str
) -> PaymentIntentCreateParams:
    """Charge a kept card. Only a payer who is present can be asked by their bank."""
    request: PaymentIntentCreateParams = {
        "amount": charge.amount.cents,
        "currency": charge.amount.currency.lower(),
        "customer": method.customer,
        "payment_method": method.token,
        "allowed_payment_method_types": ["card"],
        "description": charge.description,
        "metadata": {"reference": charge.reference},
        "confirm": True,
        "expand": CHARGE_AND_METHOD,
    }
    if present:
        request["return_url"] = back
    else:
        request["off_session"] = True
    return request


def checkout_request(
    charge: Charge, customer: str, *, keep: bool, back: str
) -> SessionCreateParams:
    """Let the payer pay on Stripe's page."""
    intent: SessionCreateParamsPaymentIntentData = {
        "description": charge.description,
        "metadata": {"reference": charge.reference, "paid_on": ON_PAGE},
    }
    if keep:
        intent["setup_future_usage"] = "off_session"
    return {
        "mode": "payment",
        "customer": customer,
        "allowed_payment_method_types": ["card"],
        "client_reference_id": charge.reference,
        "metadata": {"reference": charge.reference},
        "payment_intent_data": intent,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": charge.amount.currency.lower(),
                    "unit_amount": charge.amount.cents,
                    "product_data": {"name": charge.description},
                },
            }
        ],
        "success_url": back,
        "cancel_url": back,
    }


def setup_request(payer: Payer, customer: str, *, back: str) -> SessionCreateParams:
    """Let the payer enter a card on Stripe's page, without paying."""
    return {
        "mode": "setup",
        "customer": customer,
        "allowed_payment_method_types": ["card"],
        "metadata": {"payer": payer.reference},
        "success_url": back,
        "cancel_url": back,
    }
