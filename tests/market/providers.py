"""Members who pay through a provider's stand-in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import LazySettings
from django.urls import reverse

from connects.acts.money import save_method
from connects.acts.purchases import continue_payments as settlement
from connects.billing.paypal_gateway import PayPalGateway
from connects.billing.settings import PayPalSettings, StripeSettings
from connects.billing.stripe_gateway import StripeGateway
from connects.bootstrap.clock import now
from connects.bootstrap.providers import forget_connections, provider_named
from connects.market.payments.models import PaymentMethod
from connects.market.people.models import Account
from connects.market.settlement.models import ProviderMessage
from tests.servers import paypal
from tests.servers.stripe import KEY, WEBHOOK_SECRET
from tests.servers.web_server import StandIn, running_afresh

VISA = "4242424242424242"
DECLINES_LATER = "4000000000000341"
BACK = "http://127.0.0.1:9/membership/billing/back/"


@contextmanager
def paying_through_stripe(settings: LazySettings) -> Iterator[StandIn]:
    """Stripe's stand-in as the provider of this installation."""
    stand_in = running_afresh("tests.servers.stripe")
    settings.STRIPE = StripeSettings(KEY, WEBHOOK_SECRET, stand_in.address)
    # Loaded here once, and not by each process that a test forks.
    reverse("find-work")
    gateway = provider_named("stripe")
    assert isinstance(gateway, StripeGateway)
    yield stand_in
    gateway.close()
    forget_connections()


@contextmanager
def paying_through_paypal(settings: LazySettings) -> Iterator[StandIn]:
    """PayPal's stand-in as the provider of this installation."""
    stand_in = running_afresh("tests.servers.paypal")
    keys = (paypal.CLIENT, paypal.SECRET, paypal.WEBHOOK)
    settings.PAYPAL = PayPalSettings(*keys, stand_in.address)
    reverse("find-work")
    gateway = provider_named("paypal")
    assert isinstance(gateway, PayPalGateway)
    yield stand_in
    gateway.close()
    forget_connections()


def with_card(account: Account, site: StandIn, number: str = VISA) -> PaymentMethod:
    """The account keeps a card, which was entered on Stripe's page."""
    page = save_method.add(account, "card", BACK, now())
    assert isinstance(page, save_method.ProviderPage), page
    site.fill_in(page.address, action="pay", card=number)
    save_method.save_entered_method(account, page.provider, page.reference, now())
    kept = PaymentMethod.objects.filter(account=account).order_by("id").last()
    assert kept is not None
    return kept


def with_account(account: Account, site: StandIn) -> PaymentMethod:
    """The account keeps a PayPal account, which was approved on PayPal's page."""
    page = save_method.add(account, "paypal", BACK, now())
    assert isinstance(page, save_method.ProviderPage), page
    site.fill_in(page.address, action="pay")
    save_method.save_entered_method(account, page.provider, page.reference, now())
    kept = PaymentMethod.objects.filter(account=account).order_by("id").last()
    assert kept is not None
    return kept


def taken(site: StandIn, reference: str) -> list[int]:
    """The cents that Stripe has really charged for one of our payments."""
    mine = [
        intent["id"]
        for intent in site.tell("objects", kind="payment_intent")
        if intent["metadata"].get("reference") == reference
    ]
    return [c["amount"] for c in site.tell("charges") if c["payment_intent"] in mine]


def hear(site: StandIn, provider: str = "stripe", **told: object) -> list[ProviderMessage]:
    """Receive what a provider has to say and has not said before, or as told."""
    return [
        settlement.receive_webhook(provider, each["body"].encode(), each["headers"], now())
        for each in site.tell("messages", **told)
    ]
