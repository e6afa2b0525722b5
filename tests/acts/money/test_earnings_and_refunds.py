"""Earnings move once, and never below nothing; money that goes back takes its Connects along."""

from datetime import UTC, datetime

import pytest

from connects.acts.money import move_earnings as earnings
from connects.acts.money import refund
from connects.acts.purchases import buy as purchases
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.earnings.models import EarningsBalance, EarningsMovement
from connects.market.earnings.selectors import earnings_of
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account, User
from connects.market.purchases.models import Purchase
from connects.market.trust.models import StaffAct
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import registered

NOW = datetime(2019, 6, 3, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOW):
        return registered("ana", AccountKind.FREELANCER)


def bought(account: Account, pay_with: str | None = None, key: str = "first") -> Purchase:
    with held_at(NOW):
        answer = purchases.order(account, 10, key, pay_with)
    assert isinstance(answer, Purchase), answer
    return answer


def test_money_arrives_once_and_pays_once(ana: Account) -> None:
    with held_at(NOW):
        for _ in range(2):
            earnings.credit(ana, 2_00, "job-1")
        bought(ana, "earnings")
        bought(ana, "earnings")

    assert EarningsBalance.objects.get(account=ana).cents == 50
    moved = list(EarningsMovement.objects.order_by("id").values_list("cents", "balance_cents"))
    assert moved == [(2_00, 2_00), (-1_50, 50)]


@pytest.mark.parametrize("cents", [0, -1, 10**18])
def test_absurd_amounts_do_not_arrive(ana: Account, cents: int) -> None:
    with held_at(NOW):
        assert isinstance(earnings.credit(ana, cents, "x"), Refused)
        assert isinstance(earnings.withdraw(ana, "y", 1), Refused)
    assert earnings_of(ana).cents == 0


def test_a_refund_is_made_once_by_who_may_and_written_down(ana: Account) -> None:
    mo = User.objects.create_user("mo@test.example", "Mo", None, Role.MODERATOR.value)
    fi = User.objects.create_user("fi@test.example", "Fi", None, Role.FINANCE.value)
    purchase = bought(ana)
    with held_at(NOW):
        assert isinstance(refund.refund_payment(purchase, mo, "x"), Refused)
        assert isinstance(refund.refund_payment(purchase, fi, "A mistake"), Purchase)
        assert isinstance(refund.refund_payment(purchase, fi, "Again"), Refused)
        assert isinstance(refund.refund_payment(purchase, fi, "Half", Money(1, "USD")), Refused)

    purchase.refresh_from_db()
    assert purchase.status == PaymentStatus.REFUNDED
    assert journal().wallet(ana.pk).balance == 20
    assert StaffAct.objects.filter(user=fi, act="refunded").count() == 1
    assert [proof for proof in verify(journal()) if proof.breaches] == []


def test_a_purchase_that_was_never_paid_is_not_refunded(ana: Account) -> None:
    purchase = Purchase(account=ana, credits=10, price_cents=1_50, currency="USD", method="card")
    purchase.rule_book, purchase.key, purchase.ordered = "upwork-2019-05@1", "k", NOW
    purchase.save()
    with held_at(NOW):
        assert isinstance(refund.refund_payment(purchase, None, "x"), Refused)
