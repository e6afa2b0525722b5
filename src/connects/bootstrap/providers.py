"""The payment provider behind each payment method, as this installation is configured.

With a provider's keys, members pay with what it offers. Without any, everything is paid with the test
method if the installation allows it (settings.TEST_PAYMENTS); otherwise nothing can be paid.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings

from connects.billing.port import MethodKind, PaymentProvider
from connects.billing.settings import PayPalSettings, StripeSettings
from connects.billing.test_method import Behaviour, TestMethod

TEST = "test"
EARNINGS = "earnings"
"""Not a provider: the marketplace's own books."""


_pretending: ContextVar[dict[str, Behaviour] | None] = ContextVar("pretending", default=None)
"""How the test method treats each payer, where payments are pretended; None where they are not."""


def is_for_testing() -> bool:
    """Whether payments are made with the test method, so that no money moves."""
    return not providers_named() and (settings.TEST_PAYMENTS or _pretending.get() is not None)


def takes_payments() -> bool:
    """Whether anything can be paid for here: by a provider, or with the test method."""
    return bool(providers_named()) or is_for_testing()


@contextmanager
def pretended_payments() -> Iterator[dict[str, Behaviour]]:
    """Allow the test method within the block, for what is played: stories and the demo.

    Yields how it treats single payers, by their references, for stories to change.
    """
    behaviours: dict[str, Behaviour] = {}
    token = _pretending.set(behaviours)
    try:
        yield behaviours
    finally:
        _pretending.reset(token)


def provider_of(kind: MethodKind) -> str:
    """The name of the provider that takes payments of that kind; "" if none does."""
    if kind is MethodKind.EARNINGS:
        return EARNINGS
    if is_for_testing():
        return TEST
    if kind is MethodKind.PAYPAL:
        return "paypal" if settings.PAYPAL else ""
    return "stripe" if settings.STRIPE else ""


def provider_named(name: str) -> PaymentProvider:
    """The provider of that name. Raises LookupError where this installation has no keys for it."""
    if name == "stripe" and settings.STRIPE is not None:
        return _stripe(settings.STRIPE)
    if name == "paypal" and settings.PAYPAL is not None:
        return _paypal(settings.PAYPAL)
    if name == TEST:
        return TestMethod(behaviours=_pretending.get() or {})
    raise LookupError(f"no keys for the payment provider {name!r}")


def providers() -> list[PaymentProvider]:
    """The providers that real money moves through."""
    return [provider_named(name) for name in providers_named()]


def providers_named() -> list[str]:
    """The names of the providers that this installation has keys for."""
    named = {"stripe": settings.STRIPE, "paypal": settings.PAYPAL}
    return [name for name, keys in named.items() if keys is not None]


def forget_connections() -> None:
    """Let go of the providers' connections."""
    _stripe.cache_clear()
    _paypal.cache_clear()


# Two processes on one connection would read each other's responses.
os.register_at_fork(after_in_child=forget_connections)


@lru_cache(maxsize=4)
def _stripe(keys: StripeSettings) -> PaymentProvider:
    # Its library is large, and only who really pays needs it.
    from connects.billing.stripe_gateway import StripeGateway  # noqa: PLC0415

    return StripeGateway(keys)


@lru_cache(maxsize=4)
def _paypal(keys: PayPalSettings) -> PaymentProvider:
    from connects.billing.paypal_gateway import PayPalGateway  # noqa: PLC0415

    return PayPalGateway(keys)
