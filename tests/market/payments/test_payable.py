"""What every payment keeps of its money: what was asked for, what came, and what went back."""

from datetime import timedelta
from typing import Any

import pytest

from connects.billing.port import MethodKind, Paid
from connects.market.payments.models import (
    FIRST_POLL_AFTER,
    IDEMPOTENCY_KEYS_LAST,
    PaymentMethod,
    PaymentStatus,
)
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.pricing.tax import Tax
from connects.vocabulary.amounts import Money
from tests.market.people import NOON

LATER = NOON + timedelta(minutes=3)
CARD = PaymentMethod(kind=MethodKind.CARD, provider="stripe", token="pm_1", label="Visa 4242")
PAYPAL = PaymentMethod(
    kind=MethodKind.PAYPAL, provider="paypal", token="t", customer="c", label="P"
)
VAT = Tax(cents=29, name="VAT", rate=1_900, reversed=False)


def ordered(**columns: Any) -> Purchase:
    row = Purchase(credits=10, price_cents=150, currency="USD", ordered=NOON, **columns)
    row.begin(CARD, VAT, NOON)
    return row


def test_a_payment_is_asked_for_with_its_tax_and_polled_should_its_process_die() -> None:
    row = ordered()

    assert row.total == Money(179, "USD")
    assert (row.tax_name, row.tax_basis_points, row.tax_reversed) == ("VAT", 1_900, False)
    assert row.look_again == NOON + FIRST_POLL_AFTER
    assert row.saved_method() == CARD.saved()


def test_what_was_asked_for_pays_it_and_nobody_polls_any_longer() -> None:
    row = ordered(page="https://pay.example/1")

    assert row.record_paid(Paid("pi_1", Money(179, "USD"), fee=35), LATER)

    assert (row.status, row.cause, row.page, row.look_again) == (PaymentStatus.PAID, "", "", None)
    assert (row.provider_reference, row.fee_cents, row.paid) == ("pi_1", 35, LATER)
    assert row.matches_order
    assert (row.received, row.rest_cents) == (Money(179, "USD"), 179)


@pytest.mark.parametrize("came", [Money(150, "USD"), Money(180, "USD"), Money(179, "EUR")])
def test_another_amount_is_kept_as_it_came_and_pays_nothing(came: Money) -> None:
    row = ordered()

    assert not row.record_paid(Paid("pi_1", came, fee=None), LATER)

    assert (row.status, row.cause) == (PaymentStatus.MISMATCHED, "amount_differs")
    assert (row.received, row.matches_order) == (came, False)


def test_no_more_is_left_of_the_money_than_came_and_never_less_than_nothing() -> None:
    row = ordered()
    assert (row.rest_cents, row.returned) == (0, Money(0, "USD"))
    row.record_paid(Paid("pi_1", Money(179, "USD"), fee=None), LATER)
    for gone, rest in ((79, 100), (179, 0), (200, 0)):
        row.returned_cents = gone
        assert row.rest_cents == rest


def test_a_retry_charges_once_until_the_provider_may_have_forgotten_the_key() -> None:
    row = ordered()
    key = row.charge_key

    assert row.may_retry(NOON + IDEMPOTENCY_KEYS_LAST)
    assert not row.may_retry(NOON + IDEMPOTENCY_KEYS_LAST + timedelta(seconds=1))
    row.attempt += 1
    row.pay_with(PAYPAL, NOON + IDEMPOTENCY_KEYS_LAST)
    assert row.charge_key != key, "another method is another charge"
    assert row.may_retry(NOON + 2 * IDEMPOTENCY_KEYS_LAST)
    assert row.saved_method() == PAYPAL.saved()


def test_a_membership_says_what_it_is_for_and_who_takes_care_of_it() -> None:
    own, renewal = (
        PlanPayment(key=key, title="Plus", plan="plus", connects=70, price_cents=14_99)
        for key in ("first", "cycle:42")
    )

    assert (own.is_renewal, renewal.is_renewal) == (False, True)
    assert own.description == "Plus membership"
    assert (own.connects_paid_for, ordered().connects_paid_for) == (70, 10)
    assert own.reference == f"plan-payment:{own.public_id}"
    assert ordered().description == "10 Connects"
