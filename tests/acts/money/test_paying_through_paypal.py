"""Buying, renewing and refunding with PayPal's rules: nothing is taken before it is captured."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings

from connects.acts.books.reconcile_day import reconcile_day
from connects.acts.money import refund
from connects.acts.money.set_billing_details import set_billing_profile
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import continue_payments as settlement
from connects.bootstrap.clock import now
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.books.models import CashMovement
from connects.market.payments.methods import kept_methods
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import registered
from tests.market.providers import hear, paying_through_paypal
from tests.servers.paypal import BUYER, POOR_BUYER
from tests.servers.web_server import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: LazySettings) -> Iterator[StandIn]:
    with paying_through_paypal(settings) as stand_in:
        yield stand_in


@pytest.fixture
def ana(site: StandIn) -> Account:
    return registered("ana", AccountKind.FREELANCER, "fair-2026")


def ordered(account: Account, *, keep_method: bool = False) -> Purchase:
    answer = purchases.order(account, 10, "k", "new-paypal", keep_method=keep_method)
    assert isinstance(answer, Purchase), answer
    assert answer.page
    return answer


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


@pytest.mark.parametrize("news", ["return", "message", "worker"])
def test_an_approved_order_is_captured_once_whoever_comes_first(
    site: StandIn, ana: Account, news: str
) -> None:
    row = ordered(ana)
    site.fill_in(row.page, action="pay", account=BUYER)
    assert site.tell("charges") == []

    if news == "return":
        settlement.continue_any_payment(row, now())
    elif news == "message":
        hear(site, "paypal")
    run(now() + timedelta(minutes=30))
    hear(site, "paypal")

    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("paid", 50)
    assert len(site.tell("charges")) == 1


def test_a_buyer_who_cannot_pay_has_bought_nothing(site: StandIn, ana: Account) -> None:
    row = ordered(ana)
    site.fill_in(row.page, action="pay", account=POOR_BUYER)

    settlement.continue_any_payment(row, now())

    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("declined", 40)


def test_a_kept_account_pays_for_renewals_without_its_owner(site: StandIn, ana: Account) -> None:
    row = ordered(ana, keep_method=True)
    site.fill_in(row.page, action="pay", account=BUYER)
    settlement.continue_any_payment(row, now())
    (kept,) = kept_methods(ana)
    assert isinstance(plans.subscribe(ana, "plus", "p", f"kept-{kept.pk}"), plans.PlanChanged)

    run(now() + timedelta(days=32))

    renewal = PlanPayment.objects.get(key__startswith="cycle:")
    assert (renewal.status, renewal.method_label) == ("paid", kept.label)
    assert len(site.tell("charges")) == 3


def test_a_refund_is_made_once_and_the_day_is_reconciled(site: StandIn, ana: Account) -> None:
    row = ordered(ana)
    site.fill_in(row.page, action="pay", account=BUYER)
    row = settlement.continue_any_payment(row, now())  # type: ignore[assignment]
    site.tell("faults", how="lost", times=1, path="refund$")
    refund.refund_payment(row, None, "a mistake")
    run(now() + timedelta(minutes=30))

    row.refresh_from_db()
    assert (row.status, balance(ana)) == ("refunded", 40)
    days = {movement.at.date() for movement in CashMovement.objects.all()}
    for day in days:
        for report in reconcile_day(day, now()):
            assert report.differences == []


def test_a_country_that_paypal_is_not_for_is_refused_before_any_money_moves(
    site: StandIn, ana: Account
) -> None:
    set_billing_profile(ana, name="A", address="", country="IR", tax_number="")

    answer = purchases.order(ana, 10, "k", "new-paypal")

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.PAYMENT_METHOD_UNAVAILABLE
    assert answer.parameters["why"] == "not_in_country"
    assert site.tell("requests") == []
