"""Each way to take money, with what a test needs around it: payers, and a view into the provider."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

from connects.billing.paypal_gateway import PayPalGateway
from connects.billing.port import (
    Charge,
    Declined,
    MethodKind,
    Paid,
    Payer,
    PaymentProvider,
    ProviderEvent,
    SavedMethod,
    Waiting,
)
from connects.billing.settings import PayPalSettings, StripeSettings
from connects.billing.stripe_gateway import StripeGateway
from connects.billing.test_method import TestMethod, made_up_method
from connects.vocabulary.amounts import Money, cents_from_decimal
from tests.servers import paypal, stripe
from tests.servers.web_server import StandIn

BACK = "http://127.0.0.1:9/pay/back"
PAYER = Payer("account:ada", "ada@example.com", "Ada")
GOOD_CARD = "4242424242424242"


def charge(key: str = "p1.1", cents: int = 300, reference: str = "purchase:p1") -> Charge:
    return Charge(key, reference, Money(cents, "USD"), "20 Connects", PAYER)


class Till(Protocol):
    """`kind` is what is paid with; `gateway` what is tested."""

    @property
    def kind(self) -> MethodKind: ...

    @property
    def gateway(self) -> PaymentProvider: ...

    def method(self, *, declines: bool = False) -> SavedMethod:
        """A kept method that accepts charges, or declines them."""


class TillElsewhere(Till, Protocol):
    """A provider that is asked over the network."""

    @property
    def stand_in(self) -> StandIn: ...

    def pay(self, page: str) -> str:
        """The payer pays on the provider's page. Where they are sent next."""

    def turn_back(self, page: str) -> str:
        """The payer goes back without paying."""

    def taken(self) -> list[int]:
        """The cents of each payment that the provider has really taken."""

    def break_down(self, how: str, path: str = "") -> None:
        """Let the next call to a path fail, however often the gateway asks by itself; to any path that
        money is asked for at where none is given.
        """

    def fee(self, cents: int) -> int:
        """What the provider keeps of a payment, in cents."""

    def impatient(self) -> PaymentProvider:
        """A gateway that does not wait long."""


@dataclass
class TestTill:
    """The test method: nothing is anywhere else."""

    __test__ = False
    kind: MethodKind = MethodKind.CARD
    gateway: PaymentProvider = field(default_factory=TestMethod)

    def method(self, *, declines: bool = False) -> SavedMethod:
        return made_up_method(declines=declines)


@dataclass
class StripeTill:
    stand_in: StandIn
    kind: MethodKind = MethodKind.CARD
    gateways: list[StripeGateway] = field(default_factory=list)

    def opened(self, key: str = stripe.KEY, timeout_seconds: float = 10) -> StripeGateway:
        settings = StripeSettings(key, stripe.WEBHOOK_SECRET, self.stand_in.address)
        self.gateways.append(StripeGateway(settings, timeout_seconds=timeout_seconds))
        return self.gateways[-1]

    @property
    def gateway(self) -> StripeGateway:
        return self.gateways[0] if self.gateways else self.opened()

    def close(self) -> None:
        for gateway in self.gateways:
            gateway.close()

    def fee(self, cents: int) -> int:
        return round(cents * 0.029) + 30

    def impatient(self) -> StripeGateway:
        return self.opened(timeout_seconds=0.3)

    def method(self, *, declines: bool = False) -> SavedMethod:
        return self.card("4000000000000341" if declines else GOOD_CARD)

    def card(self, number: str) -> SavedMethod:
        """The card, entered on Stripe's page and kept."""
        page = waiting(self.gateway.ask_for_method(uuid4().hex, PAYER, self.kind, back=BACK))
        self.pay(page.url, number)
        saved = self.gateway.kept_method(page.reference)
        assert saved is not None
        return saved

    def become(self, method: SavedMethod, number: str) -> None:
        """From now on, the kept card is another one: expired, say, or stolen."""
        self.stand_in.tell("card", method=method.token, number=number)

    def pay(self, page: str, number: str = GOOD_CARD) -> str:
        return self.stand_in.fill_in(page, action="pay", card=number)

    def turn_back(self, page: str) -> str:
        return self.stand_in.fill_in(page, action="cancel")

    def taken(self) -> list[int]:
        return [each["amount"] for each in self.stand_in.tell("charges")]

    def break_down(self, how: str, path: str = "") -> None:
        path = path or "/v1/(payment_intents|checkout/sessions)$"
        asked = 1 if how in ("429", "garbled") else 2
        self.stand_in.tell("faults", how=how, times=asked, path=path)


@dataclass
class PayPalTill:
    stand_in: StandIn
    kind: MethodKind = MethodKind.PAYPAL
    gateways: list[PayPalGateway] = field(default_factory=list)

    def opened(self, secret: str = paypal.SECRET, timeout_seconds: float = 10) -> PayPalGateway:
        settings = PayPalSettings(paypal.CLIENT, secret, paypal.WEBHOOK, self.stand_in.address)
        self.gateways.append(PayPalGateway(settings, timeout_seconds=timeout_seconds))
        return self.gateways[-1]

    @property
    def gateway(self) -> PayPalGateway:
        return self.gateways[0] if self.gateways else self.opened()

    def close(self) -> None:
        for gateway in self.gateways:
            gateway.close()

    def impatient(self) -> PayPalGateway:
        return self.opened(timeout_seconds=0.3)

    def method(self, *, declines: bool = False) -> SavedMethod:
        return self.account(paypal.POOR_BUYER if declines else paypal.BUYER)

    def account(self, buyer: str) -> SavedMethod:
        """The PayPal account, approved on PayPal's page and kept."""
        page = waiting(self.gateway.ask_for_method(uuid4().hex, PAYER, self.kind, back=BACK))
        self.pay(page.url, buyer)
        saved = self.gateway.kept_method(page.reference)
        assert saved is not None
        return saved

    def pay(self, page: str, buyer: str = paypal.BUYER) -> str:
        return self.stand_in.fill_in(page, action="pay", account=buyer)

    def turn_back(self, page: str) -> str:
        return self.stand_in.fill_in(page, action="cancel")

    def taken(self) -> list[int]:
        amounts = [each["amount"]["value"] for each in self.stand_in.tell("charges")]
        return [cents_from_decimal(amount, "USD") for amount in amounts]

    def break_down(self, how: str, path: str = "") -> None:
        self.stand_in.tell("faults", how=how, path=path or "/v2/checkout/orders$")

    def fee(self, cents: int) -> int:
        return round(cents * 0.0349) + 49


def waiting(answer: object) -> Waiting:
    assert isinstance(answer, Waiting), answer
    return answer


def paid(answer: object) -> Paid:
    assert isinstance(answer, Paid), answer
    return answer


def declined(answer: object) -> Declined:
    assert isinstance(answer, Declined), answer
    return answer


def messages(till: TillElsewhere, **told: Any) -> list[dict[str, Any]]:
    """The messages that the provider has for us now."""
    found: list[dict[str, Any]] = till.stand_in.tell("messages", **told)
    return found


def ask(till: TillElsewhere) -> Waiting:
    """A page to pay on."""
    return waiting(till.gateway.ask(charge(), till.kind, keep=False, back=BACK))


def a_payment(till: TillElsewhere, key: str = "p1.1", cents: int = 300) -> str:
    """A payment with a kept method; the provider's name for it."""
    answer = till.gateway.charge(charge(key, cents), till.method(), present=False, back=BACK)
    return paid(answer).reference


def read(till: TillElsewhere, **told: object) -> list[ProviderEvent]:
    """The provider's new messages, as the gateway reads them."""
    return [
        till.gateway.read_event(message["body"].encode(), message["headers"])
        for message in messages(till, **told)
    ]
