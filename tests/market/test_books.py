"""The books add up, a program of others says so, and they come to what wallets and payments hold."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from beancount import loader

from connects.billing.port import Paid
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.ledger.commands import Return, Spend
from connects.market.books.closing import close_month
from connects.market.books.export import write_beancount
from connects.market.books.models import CashMovement
from connects.market.earnings import services as earnings
from connects.market.payments.methods import set_method
from connects.market.payments.models import PaymentStatus, TaxRate
from connects.market.payments.taxes import set_billing_profile
from connects.market.people.models import Account
from connects.market.plans import services as plans
from connects.market.plans.models import PlanPayment
from connects.market.purchases import services as purchases
from connects.market.purchases.delivery import deliver
from connects.market.purchases.models import Purchase
from connects.market.settlement import refunds
from connects.market.settlement.settle import settle
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

EVENTS = int(os.environ.get("CONNECTS_BOOK_EVENTS", "400"))
"""How long the random history is; `make books-at-length` asks for ten thousand."""


class Marketplace:
    """Members who buy, spend, earn, dispute and forget, as a seed decides."""

    def __init__(self, seed: int) -> None:
        self.random, self.now, self.count = Random(seed), NOON, 0
        with held_at(self.now):
            TaxRate.objects.create(country="DE", name="VAT", basis_points=1900, starts=self.now)
            self.members = [
                registered(f"member{n}", AccountKind.FREELANCER, "fair-2026") for n in range(8)
            ]
            for member in self.members[::2]:
                set_billing_profile(member, name="X", address="", country="DE", tax_number="")

    def happen(self) -> None:
        """One more thing happens."""
        self.count += 1
        if self.random.random() < 0.15:
            self.now += timedelta(hours=self.random.choice((1, 30, 24 * 12)))
            run(self.now)
        member = self.random.choice(self.members)
        acts = (self.buy, self.buy, self.spend, self.spend, self.spend, self.give_back)
        acts += (self.subscribe, self.earn, self.withdraw, self.go_back, self.mismatch)
        with held_at(self.now):
            self.random.choice(acts)(member)

    def buy(self, member: Account) -> None:
        pay_with = self.random.choice((None, "earnings", "test-declines"))
        purchases.order(member, self.random.choice((10, 20, 40, 80)), f"k{self.count}", pay_with)

    def spend(self, member: Account) -> None:
        command = Spend(**self._frame(member, "spend"), credits=self.random.randint(1, 8))
        journal().post_one(command, self.now)

    def give_back(self, member: Account) -> None:
        spent = [r.entry for r in journal().records(member.pk) if r.entry.kind == "spend"]
        if spent:
            entry = self.random.choice(spent)
            command = Return(
                **self._frame(member, "return"),
                spend=entry.number,
                credits=1,
                grace=timedelta(days=30),
            )
            journal().post_one(command, self.now)

    def subscribe(self, member: Account) -> None:
        set_method(member, declines=self.random.random() < 0.3)
        plans.subscribe(member, self.random.choice(("plus", "basic")), f"p{self.count}")

    def earn(self, member: Account) -> None:
        earnings.credit(member, self.random.randint(100, 3_000), f"e{self.count}")

    def withdraw(self, member: Account) -> None:
        earnings.withdraw(member, f"w{self.count}")

    def go_back(self, member: Account) -> None:
        kind = self.random.choice((Purchase, PlanPayment))
        row = kind.objects.filter(account=member, received_cents__gt=0).order_by("?").first()
        if row is None:
            return
        if row.status == PaymentStatus.CHARGED_BACK:
            refunds.win_back(row)
        elif row.provider != "earnings" and self.random.random() < 0.5:
            refunds.charge_back(row)
        else:
            refunds.refund(row, None, "a whim")

    def mismatch(self, member: Account) -> None:
        """A payment comes that is a cent too much."""
        row = purchases.place(member, 10, f"m{self.count}", None, self.now)
        if isinstance(row, Purchase):
            answer = Paid(f"odd{self.count}", Money(row.total_cents + 1, row.currency), fee=0)
            settle(row, answer, deliver, self.now)

    def _frame(self, member: Account, what: str) -> dict[str, object]:
        return {
            "wallet": member.pk,
            "key": f"{what}{self.count}",
            "reference": f'{what}:"{self.count}\\',
            "rule_book": "fair-2026@1",
            "effective": self.now,
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_books_of_a_random_history_balance_and_agree_with_wallets_and_payments(
    seed: int, tmp_path: Path
) -> None:
    place = Marketplace(seed)
    for _ in range(EVENTS):
        place.happen()

    off = exported(tmp_path / "books.beancount", place.now)

    assert off == {}
    assert {m.kind for m in CashMovement.objects.all()} >= {"payment", "refund", "chargeback"}
    closed = close_month(date(place.now.year, place.now.month, 1))
    assert closed.deferred.adds_up
    assert closed.connects.adds_up


def exported(path: Path, now: datetime, first: date | None = None) -> dict[tuple[str, str], int]:
    with path.open("w") as out:
        off = write_beancount(out, first, None, now.date())
    _, errors, _ = loader.load_file(str(path))
    assert errors == [], [error.message for error in errors[:5]]
    return off
