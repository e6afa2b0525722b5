"""Ways to pay: which there are, in whose order, what stands against one, and which taxes come on top."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.money.move_earnings import credit
from connects.acts.money.set_billing_details import set_billing_profile
from connects.bootstrap.clock import held_at
from connects.market.payments.bill import bill_for
from connects.market.payments.methods import (
    automatic_methods,
    countries_of,
    method_named,
    payment_choices,
)
from connects.market.payments.models import PaymentMethod, TaxRate
from connects.market.payments.taxes import billing_profile, tax_for, taxes_for
from connects.market.people.models import Account
from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered
from tests.policy.tables import book as rules

pytestmark = pytest.mark.django_db

BOOK = shipped("upwork-2019-05")


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def kept(account: Account, kind: str = "card", position: int = 0, **more: Any) -> PaymentMethod:
    usual = {"provider": "test", "token": f"token-{position}", "label": f"{kind} {position}"}
    return PaymentMethod.objects.create(
        account=account, kind=kind, position=position, added=NOON, **{**usual, **more}
    )


def against(account: Account, cents: int = 150, book: RuleBook = BOOK) -> dict[str, str]:
    choices = payment_choices(billing_profile(account), book, cents)
    return {choice.name: choice.why_not for choice in choices}


def lives_in(account: Account, country: str) -> None:
    set_billing_profile(account, name="Ana", address="", country=country, tax_number="")


def tax(country: str = "DE", basis_points: int = 1_900, days: int = -1, **more: Any) -> None:
    TaxRate.objects.create(
        country=country,
        name="VAT",
        basis_points=basis_points,
        starts=NOON + timedelta(days=days),
        **more,
    )


def test_what_is_kept_comes_first_in_the_members_order(ana: Account) -> None:
    second, first = kept(ana, position=2), kept(ana, "paypal", position=1)

    names = list(against(ana))

    assert names[:2] == [f"kept-{first.pk}", f"kept-{second.pk}"]
    assert {"test-accepts", "test-declines", "earnings"} <= set(names)


def test_a_method_that_the_rules_do_not_name_cannot_pay(ana: Account) -> None:
    method = kept(ana, "prepaid")
    without = rules("upwork-2019-05", {"payment.methods": ["card"], "payment.not_in": {}})

    assert against(ana)[f"kept-{method.pk}"] == ""
    assert against(ana, book=without)[f"kept-{method.pk}"] == "not_in_rule_book"


def test_a_country_may_shut_a_method_out(ana: Account) -> None:
    method = kept(ana, "paypal")
    lives_in(ana, "IR")

    assert against(ana)[f"kept-{method.pk}"] == "not_in_country"
    lives_in(ana, "DE")
    assert against(ana)[f"kept-{method.pk}"] == ""


@pytest.mark.parametrize(("earned", "why_not"), [(0, True), (149, True), (150, False)])
def test_earnings_pay_only_where_they_cover_the_whole_price(
    ana: Account, earned: int, why_not: bool
) -> None:
    if earned:
        with held_at(NOON):
            credit(ana, earned, "contract:1")

    assert (against(ana)["earnings"] == "earnings_too_low") is why_not


def test_a_form_names_a_method_and_gets_that_one(ana: Account) -> None:
    first, second = kept(ana, position=0), kept(ana, position=1)
    profile = billing_profile(ana)

    assert method_named(profile, BOOK, 150, f"kept-{second.pk}") == second
    assert method_named(profile, BOOK, 150, None) == first


def test_without_a_name_the_first_that_can_pay_does(ana: Account) -> None:
    kept(ana, "paypal", position=0)
    card = kept(ana, "card", position=1)
    lives_in(ana, "IR")

    assert method_named(billing_profile(ana), BOOK, 150, None) == card


@pytest.mark.parametrize("name", ["", "kept-999999", "cheque", "kept-x"])
def test_a_method_that_is_not_there_is_refused_by_name(ana: Account, name: str) -> None:
    answer = method_named(billing_profile(ana), BOOK, 150, name)

    assert isinstance(answer, Refused)
    assert answer.parameters["method"] == name


def test_nobody_pays_with_what_another_keeps(ana: Account) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
    method = kept(ben)

    assert isinstance(method_named(billing_profile(ana), BOOK, 150, f"kept-{method.pk}"), Refused)


def test_automatic_payments_try_what_is_kept_in_order(
    ana: Account, django_assert_max_num_queries: Any
) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
    second, first = kept(ana, "paypal", position=2), kept(ana, position=1)

    with django_assert_max_num_queries(2):
        found = automatic_methods({ana.pk: BOOK, ben.pk: BOOK})

    assert found[ana.pk] == [first, second]
    assert [method.provider for method in found[ben.pk]] == ["test"]


def test_where_a_member_pays_from_is_their_billing_address_before_their_account(
    ana: Account,
) -> None:
    Account.objects.filter(pk=ana.pk).update(country="FR")
    assert countries_of([ana.pk]) == {ana.pk: "FR"}
    lives_in(ana, "DE")

    assert countries_of([ana.pk]) == {ana.pk: "DE"}
    assert countries_of([]) == {}


def test_the_rate_that_began_last_holds(ana: Account) -> None:
    lives_in(ana, "DE")
    tax(basis_points=1_600, days=-30)
    tax(basis_points=1_900, days=-1)
    tax(basis_points=2_500, days=1)

    found = tax_for(billing_profile(ana), 10_00, NOON)

    assert (found.cents, found.rate, found.name) == (1_90, 1_900, "VAT")
    assert tax_for(billing_profile(ana), 10_00, NOON + timedelta(days=1)).cents == 2_50


def test_no_rate_is_no_tax_and_a_business_may_account_for_it_itself(ana: Account) -> None:
    lives_in(ana, "FR")
    tax("DE", reverse_charge=True)
    assert tax_for(billing_profile(ana), 10_00, NOON).cents == 0
    set_billing_profile(ana, name="Ana", address="", country="DE", tax_number="DE123456789")

    found = tax_for(billing_profile(ana), 10_00, NOON)
    assert (found.cents, found.reversed) == (0, True)


def test_taxes_of_many_take_as_many_queries_as_of_one(
    ana: Account, django_assert_max_num_queries: Any
) -> None:
    lives_in(ana, "DE")
    tax()
    with held_at(NOON):
        others = [registered(f"member{n}", AccountKind.FREELANCER).pk for n in range(3)]

    with django_assert_max_num_queries(3):
        found = taxes_for(dict.fromkeys((ana.pk, *others), 1000), NOON)

    assert found[ana.pk].cents == 1_90
    assert {found[pk].cents for pk in others} == {0}


def test_a_bill_is_price_and_tax_and_names_the_first_way_that_can_pay(ana: Account) -> None:
    lives_in(ana, "DE")
    tax()
    card = kept(ana)
    bill = bill_for(ana, BOOK, Money(1_50, "USD"), NOON)

    assert (bill.total, bill.tax.cents) == (Money(1_79, "USD"), 29)
    assert bill.preferred == f"kept-{card.pk}"
