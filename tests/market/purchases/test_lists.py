"""Payments for staff: purchases and memberships in one list, by what needs a person and by who bought."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.purchases import top_up
from connects.bootstrap.clock import held_at
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases.lists import PAYMENTS, PURCHASES
from connects.market.purchases.models import Purchase, TopUp
from connects.market.purchases.selectors import bundle_offers, purchase_called, top_up_of
from connects.vocabulary.parties import AccountKind
from tests.market.listed import listed
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def payment(account: Account, kind: type[Any] = Purchase, **columns: Any) -> Any:
    own = (
        {"credits": 10} if kind is Purchase else {"connects": 0, "new_cycle": True, "plan": "plus"}
    )
    usual = {
        "account": account,
        "key": f"k{kind.objects.count()}",
        "price_cents": 150,
        "currency": "USD",
        "method": "card",
        "rule_book": "upwork-2019-05@1",
        "ordered": NOON,
    }
    return kind.objects.create(**{**usual, **own, **columns})


def test_both_kinds_stand_in_one_list_newest_first(ana: Account) -> None:
    hour = timedelta(hours=1)
    bought = payment(ana, ordered=NOON)
    plus = payment(ana, PlanPayment, ordered=NOON + hour)
    more = payment(ana, ordered=NOON + 2 * hour)

    assert listed(PAYMENTS) == [more, plus, bought]
    assert listed(PAYMENTS, sort="oldest") == [bought, plus, more]
    assert listed(PAYMENTS, **{"for": "membership"}) == [plus]
    assert listed(PAYMENTS, **{"for": "connects"}) == listed(PURCHASES) == [more, bought]


def test_a_payment_is_found_by_our_name_for_it_and_by_the_providers(ana: Account) -> None:
    bought = payment(ana, provider_reference="pi_42")
    payment(ana, provider_reference="pi_43")

    for name in (bought.public_id, bought.reference, "pi_42"):
        assert listed(PAYMENTS, q=name) == [bought]
    assert listed(PAYMENTS, q="pi_4") == []


def test_what_needs_a_person_is_what_nothing_else_takes_care_of(ana: Account) -> None:
    later = NOON + timedelta(minutes=10)
    needs = [
        payment(ana, status=PaymentStatus.MISMATCHED),
        payment(ana, status=PaymentStatus.REFUNDING),
        payment(ana, status=PaymentStatus.PAID, care="other-currency"),
        payment(ana, status=PaymentStatus.PENDING),
        payment(ana, PlanPayment, key="cycle:1", unwanted=NOON),
    ]
    payment(ana, status=PaymentStatus.PENDING, look_again=later)
    payment(ana, PlanPayment, key="cycle:2", status=PaymentStatus.PENDING)
    for status in (PaymentStatus.PAID, PaymentStatus.DECLINED, PaymentStatus.REFUNDED):
        payment(ana, status=status)

    found = listed(PAYMENTS, needs="review")

    assert {row.reference for row in found} == {row.reference for row in needs}


def test_a_purchase_says_who_made_it(ana: Account) -> None:
    by_hand = payment(ana)
    by_top_up = payment(ana, automatic=True)
    by_host = payment(ana, external_id="order-9", provider="external")

    who = {word: listed(PURCHASES, automatic=word) for word in ("yes", "no", "host")}
    assert who == {"yes": [by_top_up], "no": [by_hand], "host": [by_host]}
    assert purchase_called("order-9") == by_host
    assert purchase_called("order-8") is None
    assert (by_hand.tells_receipt, by_top_up.tells_receipt) == (True, False)
    assert (by_hand.has_documents, by_host.has_documents) == (True, False)


def test_each_kind_of_account_is_offered_its_rule_books_bundles(ana: Account) -> None:
    with held_at(NOON):
        studio = registered("studio", AccountKind.AGENCY, "upwork-2023")
        fred = registered("fred", AccountKind.FREELANCER, "upwork-2023")
        offers = [
            [bundle.connects for bundle in bundle_offers(each)] for each in (ana, fred, studio)
        ]

    assert offers[0] == [10, 20, 40, 60, 80]
    assert offers[1][-1] == 150
    assert offers[2] == [*offers[1], 300], "agencies have one more"


def test_a_top_up_is_its_accounts_own(ana: Account) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
        made = top_up.set_top_up(ana, 10, 20, 30_00)
        assert isinstance(made, TopUp), made

    assert (top_up_of(ana), top_up_of(ben)) == (made, None)
    top_up.end_top_up(ana)
    assert top_up_of(ana) is None
