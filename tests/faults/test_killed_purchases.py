"""A purchase whose process is killed at any step is charged once and delivered once.

The provider is Stripe's stand-in, which counts what it has really charged. Each step is tried on a
purchase of its own: the process dies there. Then the payers, the provider's messages or the worker, who
finds all these purchases at once, come in whatever order. In the end there is one charge, one lot, one
receipt for each, and the books add up.
"""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest
from beancount import loader
from django.conf import LazySettings

from connects.acts.purchases import buy as purchases
from connects.acts.purchases import continue_payments as settlement
from connects.bootstrap.clock import held_at, now
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.books.export import write_beancount
from connects.market.invoices.models import Document
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from tests.faults.dying import dies
from tests.market.people import registered
from tests.market.providers import (
    VISA,
    hear,
    paying_through_paypal,
    paying_through_stripe,
    taken,
    with_card,
)
from tests.servers.paypal import BUYER
from tests.servers.web_server import StandIn

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

MOST_STEPS = 400


@pytest.fixture
def stripe_site(address: str, settings: LazySettings) -> Iterator[StandIn]:
    """Stripe's stand-in, on a database that children reach, too."""
    with paying_through_stripe(settings) as stand_in:
        yield stand_in


def member(number: int) -> Account:
    return registered(f"m{number}", AccountKind.FREELANCER, "fair-2026")


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
    row = assert_delivered_once(account)
    assert taken(site, row.reference) == [row.total_cents]


def assert_delivered_once(account: Account) -> Purchase:
    (row,) = Purchase.objects.filter(account=account)
    assert row.status == "paid", (row.status, row.cause)
    assert journal().totals(account.pk)[EntryKind.PURCHASE].entries == 1
    assert Document.objects.filter(subject=row.reference).count() == 1
    return row


def assert_all_is_well() -> None:
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
    books = io.StringIO()
    # The worker came by as much as a day ahead of the clock, maybe beyond midnight.
    assert write_beancount(books, None, None, (now() + timedelta(days=2)).date()) == {}
    assert loader.load_string(books.getvalue())[1] == []


def test_a_purchase_with_a_kept_card_survives_a_kill_at_every_step(stripe_site: StandIn) -> None:
    buyers: list[Account] = []

    def buy(account: Account) -> None:
        purchases.order(account, 10, "the-order")

    def killed(step: int) -> bool:
        buyers.append(member(step))
        with_card(buyers[-1], stripe_site)
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
    account = member(1)
    with_card(account, stripe_site)
    stripe_site.tell("faults", how=bad_answer, times=2, path="payment_intents$")

    answer = purchases.order(account, 10, "the-order")

    assert isinstance(answer, Purchase)
    assert answer.status == "pending"
    later()
    if bad_answer == "500-after":  # whoever asks again hears the same for a day
        settlement.receive_webhook("stripe", *message(stripe_site, answer), now())
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
    telling: list[dict[str, Callable[[], object]]] = []

    def killed(step: int) -> bool:
        buyers.append(member(step))
        row = on_the_page(stripe_site, buyers[-1])
        told = message(stripe_site, row)
        telling.append(
            {
                "return": lambda: settlement.continue_any_payment(
                    Purchase.objects.get(pk=row.pk), now()
                ),
                "message": lambda: settlement.receive_webhook("stripe", *told, now()),
            }
        )
        return dies(telling[-1][first], step)

    steps = until_it_survives(killed)
    for news in then:
        if news == "worker":
            later()
        else:
            for tells in telling:
                tells[news]()

    assert steps > 15
    for account in buyers:
        assert_bought_once(stripe_site, account)
    assert_all_is_well()


@pytest.mark.parametrize("then", ["return", "message", "worker"])
def test_a_capture_survives_a_kill_at_every_step(
    address: str,
    settings: LazySettings,
    then: str,
) -> None:
    buyers: list[Account] = []
    coming_back: list[Callable[[], object]] = []
    with paying_through_paypal(settings) as site:

        def killed(step: int) -> bool:
            buyers.append(member(step))
            row = purchases.order(buyers[-1], 10, "the-order", "new-paypal")
            assert isinstance(row, Purchase)
            site.fill_in(row.page, action="pay", account=BUYER)

            def come_back() -> None:
                settlement.continue_any_payment(Purchase.objects.get(pk=row.pk), now())

            coming_back.append(come_back)
            return dies(come_back, step)

        steps = until_it_survives(killed)
        if then == "worker":
            later()
        elif then == "message":
            hear(site, "paypal")
        else:
            for come_back in coming_back:
                come_back()

        assert steps > 15
        assert len(site.tell("charges")) == len(buyers)
    for account in buyers:
        assert_delivered_once(account)
    assert_all_is_well()
