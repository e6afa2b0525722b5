"""Movements of money as bookkeeping: payments, refunds, payouts, fees, earnings."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.statements.books.cash import Against, Cash, CashKind
from connects.statements.books.money_lines import of_cash, of_earnings, of_refund

AT = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)


def cash(kind: CashKind = CashKind.PAYMENT, **more: Any) -> Cash:
    usual: dict[str, Any] = {
        "at": AT,
        "kind": kind,
        "against": Against.CONNECTS,
        "provider": "stripe",
        "reference": "payment:7",
        "cents": 150,
        "tax_cents": 0,
        "fee": 0,
        "currency": "USD",
    }
    return Cash(**{**usual, **more})


def postings(moved: Cash) -> dict[str, int]:
    return {posting.account: posting.units for posting in of_cash(moved).postings}


def test_a_payment_waits_for_what_it_buys() -> None:
    assert postings(cash()) == {"Assets:Cash:Stripe": 150, "Liabilities:Undelivered": -150}


def test_tax_and_fees_are_no_income() -> None:
    assert postings(cash(cents=1190, tax_cents=190, fee=35)) == {
        "Assets:Cash:Stripe": 1155,
        "Expenses:Fees:Stripe": 35,
        "Liabilities:Tax": -190,
        "Liabilities:Undelivered": -1000,
    }


@pytest.mark.parametrize(
    ("kind", "against", "counterpart"),
    [
        (CashKind.REFUND, Against.CONNECTS, "Income:Refunds"),
        (CashKind.REFUND, Against.USED_UP, "Income:Refunds"),
        (CashKind.REFUND, Against.MEMBERSHIP, "Income:Memberships"),
        (CashKind.REFUND, Against.NOTHING, "Liabilities:Undelivered"),
        (CashKind.CHARGEBACK, Against.CONNECTS, "Income:Refunds"),
        (CashKind.CHARGEBACK, Against.MEMBERSHIP, "Income:Memberships"),
    ],
)
def test_money_that_goes_back_is_taken_from_what_it_was_for(
    kind: CashKind, against: Against, counterpart: str
) -> None:
    assert postings(cash(kind, against=against, cents=-150)) == {
        "Assets:Cash:Stripe": -150,
        counterpart: 150,
    }


@pytest.mark.parametrize("against", [Against.CONNECTS, Against.USED_UP, Against.NOTHING])
def test_a_payment_waits_whatever_became_of_it_later(against: Against) -> None:
    assert postings(cash(against=against))["Liabilities:Undelivered"] == -150


def test_a_memberships_price_is_income_at_once() -> None:
    assert postings(cash(against=Against.MEMBERSHIP, cents=1499))["Income:Memberships"] == -1499


def test_a_refund_that_came_back_puts_the_money_back() -> None:
    there = postings(cash(CashKind.REFUND, cents=-150))
    back = postings(cash(CashKind.REFUND_BACK, cents=150))

    assert back == {account: -units for account, units in there.items()}


def test_a_payout_moves_money_to_the_bank() -> None:
    assert postings(cash(CashKind.PAYOUT, cents=-900)) == {
        "Assets:Cash:Stripe": -900,
        "Assets:Bank": 900,
    }


def test_a_fee_of_its_own_is_an_expense() -> None:
    assert postings(cash(CashKind.FEE, provider="paypal", cents=-30)) == {
        "Assets:Cash:Paypal": -30,
        "Expenses:Fees:Paypal": 30,
    }


def test_what_is_paid_from_earnings_is_owed_to_the_member_no_longer() -> None:
    assert postings(cash(provider="earnings")) == {
        "Liabilities:Earnings": 150,
        "Liabilities:Undelivered": -150,
    }


def test_more_than_had_come_goes_back_at_our_cost_until_somebody_looks() -> None:
    assert postings(cash(CashKind.CHARGEBACK, cents=-150, excess_cents=-50)) == {
        "Assets:Cash:Stripe": -150,
        "Liabilities:Undelivered": 50,
        "Income:Refunds": 100,
    }


def test_a_refund_is_owed_from_the_wish_until_the_answer() -> None:
    asked = of_refund(AT, "payment:7", 150, "EUR")
    answered = of_refund(AT, "payment:7", -150, "EUR")

    assert {p.account: p.units for p in asked.postings} == {
        "Income:Refunds": 150,
        "Liabilities:Refundable": -150,
    }
    assert [(p.account, -p.units) for p in asked.postings] == [
        (p.account, p.units) for p in answered.postings
    ]
    assert asked.what != answered.what


def test_earnings_arrive_from_the_marketplace_and_are_paid_out_to_it() -> None:
    arrived = of_earnings(AT, "arrived", "contract:3", 420_00, "GBP")

    assert {p.account: (p.units, p.commodity) for p in arrived.postings} == {
        "Liabilities:Earnings": (-420_00, "GBP"),
        "Assets:Marketplace": (420_00, "GBP"),
    }
    assert "arrived" in arrived.what


def test_money_moves_on_its_day_in_utc() -> None:
    assert of_cash(cash()).on == date(2026, 11, 24)


@given(
    st.sampled_from(CashKind),
    st.sampled_from(Against),
    st.sampled_from(["stripe", "paypal", "test", "earnings"]),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**6), 10**6),
    st.integers(0, 10**6),
    st.integers(-(10**6), 0),
)
def test_every_movement_adds_up(
    kind: CashKind, against: Against, provider: str, cents: int, tax: int, fee: int, excess: int
) -> None:
    moved = cash(
        kind,
        against=against,
        provider=provider,
        cents=cents,
        tax_cents=tax,
        fee=fee,
        excess_cents=excess,
    )
    written = of_cash(moved)

    assert sum(posting.units for posting in written.postings) == 0
    assert all(posting.units for posting in written.postings)
    assert moved.kind.value in written.what
    assert written.reference == "payment:7"
