"""A purchase whose process is killed at any step is charged once and delivered once.

The provider is Stripe's stand-in, which counts what it has really charged. Each step is tried on a
purchase of its own: the process dies there, then the payer, the provider's messages or the worker come,
in whatever order. In the end there is one charge, one lot, one receipt, and the books add up.
"""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import httpx
import pytest
import stripe
from beancount import loader
from django.conf import LazySettings
from django.urls import reverse

from connects.billing.port import MethodKind, SavedMethod
from connects.billing.settings import StripeSettings
from connects.billing.stripe_gateway import StripeGateway
from connects.bootstrap.clock import held_at, now
from connects.bootstrap.journals import journal
from connects.bootstrap.providers import provider_named
from connects.due.run import run
from connects.journal.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.books.export import write_beancount
from connects.market.invoices.models import Document
from connects.market.payments.methods import keep
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases import services as purchases
from connects.market.purchases.models import Purchase
from connects.market.settlement import services as settlement
from connects.vocabulary.parties import AccountKind
from tests.faults.dying import dies
from tests.market.people import registered
from tests.servers.stripe import KEY, WEBHOOK_SECRET
from tests.servers.web_server import StandIn, running

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

VISA = "4242424242424242"
MOST_STEPS = 400


@pytest.fixture
def stripe_site(address: str, settings: LazySettings) -> Iterator[StandIn]:
    """Stripe's stand-in, as the provider of this installation, on a database that children reach."""
    with running("tests.servers.stripe") as stand_in:
        settings.STRIPE = StripeSettings(KEY, WEBHOOK_SECRET, stand_in.address)
        # Loaded before the children are made, which need not do so each for itself then.
        reverse("find-work")
        gateway = provider_named("stripe")
        assert isinstance(gateway, StripeGateway)
        yield stand_in
        gateway.close()


def member(number: int) -> Account:
    return registered(f"m{number}", AccountKind.FREELANCER, "fair-2026")


def with_card(account: Account, site: StandIn) -> Account:
    """The account keeps a card that Stripe knows."""
    head = {"Authorization": f"Bearer {KEY}", "Stripe-Version": stripe.api_version}
    customer = httpx.post(f"{site.address}/v1/customers", headers=head).json()["id"]
    intent = {
        "amount": "100",
        "currency": "usd",
        "customer": customer,
        "payment_method": "pm_card_visa",
        "setup_future_usage": "off_session",
        "confirm": "true",
        "return_url": "http://127.0.0.1/",
    }
    asked = httpx.post(f"{site.address}/v1/payment_intents", headers=head, data=intent)
    paid = asked.json()
    saved = SavedMethod(MethodKind.CARD, paid["payment_method"], customer, "Visa", "2031-08")
    keep(account, saved, "stripe", now())
    return account


def charges(site: StandIn, row: Purchase | PlanPayment) -> list[dict[str, Any]]:
    """What Stripe has really charged for a payment."""
    found = [c for c in site.tell("charges") if c["metadata"].get("reference") == row.reference]
    return found or [
        charge
        for intent in site.tell("objects", kind="payment_intent")
        if intent["metadata"].get("reference") == row.reference
        for charge in site.tell("charges")
        if charge["payment_intent"] == intent["id"]
    ]


def until_it_survives(act: Callable[[int], bool]) -> int:
    """Try step after step, each afresh, until the process does not get as far; how many there were."""
    for step in count(1):
        assert step < MOST_STEPS
        if not act(step):
            return step - 1
    raise AssertionError


def later(hours: float = 1) -> None:
    """The worker comes by, some time after."""
    at = now() + timedelta(hours=hours)
    with held_at(at):
        run(at)


def assert_bought_once(site: StandIn, account: Account) -> None:
    (row,) = Purchase.objects.filter(account=account)
    assert row.status == "paid", (row.status, row.cause)
    assert [charge["amount"] for charge in charges(site, row)] == [row.total_cents]
    assert journal().totals(account.pk)[EntryKind.PURCHASE].entries == 1
    assert Document.objects.filter(subject=row.reference).count() == 1


def assert_all_is_well() -> None:
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
    books = io.StringIO()
    assert write_beancount(books, None, None, now().date()) == {}
    assert loader.load_string(books.getvalue())[1] == []


def test_a_purchase_with_a_kept_card_survives_a_kill_at_every_step(stripe_site: StandIn) -> None:
    buyers: list[Account] = []

    def buy(account: Account) -> None:
        purchases.order(account, 10, "the-order")

    def killed(step: int) -> bool:
        buyers.append(with_card(member(step), stripe_site))
        return dies(lambda: buy(buyers[-1]), step)

    steps = until_it_survives(killed)
    later()
    for account in buyers:
        buy(account)  # the page is sent again

    assert steps > 30
    for account in buyers:
        assert_bought_once(stripe_site, account)
    assert_all_is_well()


@pytest.mark.parametrize("bad_answer", ["lost", "500-after"])
def test_a_charge_whose_answer_is_lost_is_found_again(
    stripe_site: StandIn, bad_answer: str
) -> None:
    account = with_card(member(1), stripe_site)
    stripe_site.tell("faults", how=bad_answer, times=2, path="payment_intents$")

    answer = purchases.order(account, 10, "the-order")

    assert isinstance(answer, Purchase)
    assert answer.status == "pending"
    later()
    if bad_answer == "500-after":  # whoever asks again hears the same for a day
        settlement.receive("stripe", *message(stripe_site, answer), now())
    assert_bought_once(stripe_site, account)
    assert_all_is_well()


def on_the_page(site: StandIn, account: Account) -> Purchase:
    """An order that its payer has just paid on Stripe's page, and that nobody here knows of yet."""
    row = purchases.order(account, 10, "the-order", "new-card")
    assert isinstance(row, Purchase)
    assert row.page
    assert site.fill_in(row.page, card=VISA, action="pay").startswith("http")
    return row


def message(site: StandIn, row: Purchase) -> tuple[bytes, dict[str, str]]:
    """The message that the payment succeeded, as Stripe would send it."""
    sent = site.tell("messages", again=True, types=["payment_intent.succeeded"])
    found = [each for each in sent if row.reference in each["body"]]
    return found[-1]["body"].encode(), found[-1]["headers"]


NEWS = {
    "the payer comes back": ("return",),
    "the message comes": ("message",),
    "the message comes twice, then the payer": ("message", "message", "return"),
    "only the worker comes": ("worker",),
    "the message comes a day late": ("worker", "message"),
}
"""Who tells of a payment after the process died that was told first."""


@pytest.mark.parametrize("first", ["return", "message"])
@pytest.mark.parametrize("then", NEWS.values(), ids=NEWS)
def test_a_payment_on_the_providers_page_survives_a_kill_at_every_step(
    stripe_site: StandIn, first: str, then: tuple[str, ...]
) -> None:
    buyers: list[Account] = []

    def killed(step: int) -> bool:
        buyers.append(member(step))
        row = on_the_page(stripe_site, buyers[-1])
        told = message(stripe_site, row)
        tells: dict[str, Callable[[], object]] = {
            "return": lambda: settlement.go_on(Purchase.objects.get(pk=row.pk), now()),
            "message": lambda: settlement.receive("stripe", *told, now()),
            "worker": later,
        }
        died = dies(tells[first], step)
        for news in then:
            tells[news]()
        return died

    steps = until_it_survives(killed)

    assert steps > 15
    for account in buyers:
        assert_bought_once(stripe_site, account)
    assert_all_is_well()
