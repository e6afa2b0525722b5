"""The payment providers with keys."""

from __future__ import annotations

from collections.abc import Mapping

from connects.billing.settings import (
    PAYPAL_ADDRESS,
    STRIPE_ADDRESS,
    PayPalSettings,
    StripeSettings,
)


def stripe_settings(environment: Mapping[str, str]) -> StripeSettings | None:
    """Stripe's keys, or None. Raises ValueError where only some of them are set."""
    found = _all_or_none(environment, "CONNECTS_STRIPE_KEY", "CONNECTS_STRIPE_WEBHOOK_SECRET")
    if found is None:
        return None
    address = environment.get("CONNECTS_STRIPE_ADDRESS", STRIPE_ADDRESS)
    key, webhook_secret = found
    return StripeSettings(key, webhook_secret, address)


def paypal_settings(environment: Mapping[str, str]) -> PayPalSettings | None:
    """PayPal's keys, or None. Raises ValueError where only some of them are set."""
    names = ("CONNECTS_PAYPAL_CLIENT", "CONNECTS_PAYPAL_SECRET", "CONNECTS_PAYPAL_WEBHOOK")
    found = _all_or_none(environment, *names)
    if found is None:
        return None
    address = environment.get("CONNECTS_PAYPAL_ADDRESS", PAYPAL_ADDRESS)
    client, secret, webhook = found
    return PayPalSettings(client, secret, webhook, address)


def payment_pages(stripe: StripeSettings | None, paypal: PayPalSettings | None) -> list[str]:
    """Where members are sent to pay: the providers' own pages, or a stand-in's."""
    pages = []
    if stripe is not None:
        real = stripe.address == STRIPE_ADDRESS
        pages += (
            ["https://checkout.stripe.com", "https://hooks.stripe.com"]
            if real
            else [stripe.address]
        )
    if paypal is not None:
        real = paypal.address == PAYPAL_ADDRESS
        pages += (
            ["https://www.paypal.com"]
            if real
            else [paypal.address, "https://www.sandbox.paypal.com"]
        )
    return pages


def _all_or_none(environment: Mapping[str, str], *names: str) -> list[str] | None:
    found = [environment.get(name, "") for name in names]
    if not any(found):
        return None
    missing = [name for name, value in zip(names, found, strict=True) if not value]
    if missing:
        raise ValueError(f"{', '.join(missing)} must be set, too")
    return found
