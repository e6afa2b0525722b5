"""A gateway's settings: keys, and the provider's address. Never printed."""

from __future__ import annotations

from dataclasses import dataclass, field

STRIPE_ADDRESS = "https://api.stripe.com"
PAYPAL_ADDRESS = "https://api-m.paypal.com"


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """Stripe's secret key, the secret that signs its messages, and its address."""

    key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    address: str = STRIPE_ADDRESS


@dataclass(frozen=True, slots=True)
class PayPalSettings:
    """PayPal's client and its secret, the id of our webhook there, and its address."""

    client: str
    secret: str = field(repr=False)
    webhook: str = ""
    address: str = PAYPAL_ADDRESS
