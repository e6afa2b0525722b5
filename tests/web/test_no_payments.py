"""A site without a payment provider gives nothing away, and says so."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from connects.acts.money.save_method import set_method
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.payments.methods import automatic_methods, payment_choices
from connects.market.payments.taxes import billing_profile
from connects.policy.terms import RuleBook
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import NOON, Town, town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings: Any) -> Iterator[Town]:
    settings.TEST_PAYMENTS = False
    with held_at(NOON):
        yield town()


@pytest.fixture
def ana(here: Town) -> Client:
    client = Client()
    user = here.user_of(here.freelancer)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("pay_with", [None, "card", "paypal", "test-accepts", "new-card"])
def test_a_purchase_is_refused_however_it_is_to_be_paid(here: Town, pay_with: str | None) -> None:
    before = journal().wallet(here.freelancer.pk).balance

    answer = purchases.order(here.freelancer, 10, "key", pay_with)

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.PAYMENT_METHOD_UNAVAILABLE
    assert journal().wallet(here.freelancer.pk).balance == before


def test_a_membership_is_refused(here: Town) -> None:
    answer = plans.subscribe(here.freelancer, "plus", "key")

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.PAYMENT_METHOD_UNAVAILABLE


def test_a_test_card_that_was_kept_before_pays_nothing(here: Town, book: RuleBook) -> None:
    set_method(here.freelancer, "card")

    (kept, *_) = payment_choices(billing_profile(here.freelancer), book, 1_50)
    assert kept.why_not == "no_provider"
    assert automatic_methods({here.freelancer.pk: book}) == {here.freelancer.pk: []}


@pytest.fixture
def book(here: Town) -> RuleBook:
    from connects.market.members.selectors import rule_book_of

    return rule_book_of(here.freelancer, NOON)


@pytest.mark.parametrize(
    "page",
    ["/membership/buy/", "/membership/buy/10/", "/membership/plan/plus/", "/membership/billing/"],
)
def test_pages_say_that_nothing_can_be_paid(ana: Client, page: str) -> None:
    html = ana.get(page).content.decode()

    assert "This site has no payment provider yet" in html
    assert "test method" not in html


def test_the_checkout_refuses_with_words(ana: Client) -> None:
    answer = confirm(ana, "/membership/buy/10/", {"key": "k", "pay_with": "test-accepts"})

    assert answer.status_code == 409
    assert "This site has no payment provider yet" in answer.content.decode()
