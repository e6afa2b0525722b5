"""The books add up, a program of others says so, and they come to what wallets and payments hold."""

import io
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from beancount import loader
from click.testing import CliRunner

from connects.acts.books.close_months import close_months
from connects.acts.money import move_earnings as earnings
from connects.acts.money import refund
from connects.acts.money.save_method import set_method
from connects.acts.money.set_billing_details import set_billing_profile
from connects.acts.money.settle import settle_payment
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases.deliver import deliver_purchase
from connects.billing.port import Paid
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.cli.main import main
from connects.due.run import run
from connects.ledger.commands import Issue, Return, Spend, Void, WriteOff
from connects.ledger.lots import LotKind
from connects.market.books.export import write_beancount, write_csv
from connects.market.books.models import CashMovement
from connects.market.members import editions
from connects.market.members.selectors import rule_book_of
from connects.market.payments.models import PaymentStatus, TaxRate
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.policy.parse import parse_rule_book
from connects.statements.books.roll_forward import RollForward
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered
from tests.market.test_currencies import text_in

pytestmark = pytest.mark.django_db

BOOKS = ("fair-2026", "fair-eur")


@pytest.fixture(autouse=True)
def _another_currency() -> Iterator[None]:
    text = text_in("EUR", "fair-eur")
    editions.offer(parse_rule_book(text, "test"), text)
    yield
    editions.forget_offers()


EVENTS = int(os.environ.get("CONNECTS_BOOK_EVENTS", "400"))
"""How long the random history is; `make books` asks for ten thousand."""


class Marketplace:
    """Members who buy, spend, earn, dispute and forget, as a seed decides."""

    def __init__(self, seed: int) -> None:
        self.random, self.now, self.count = Random(seed), NOON, 0
        with held_at(self.now):
            TaxRate.objects.create(country="DE", name="VAT", basis_points=1900, starts=self.now)
            self.members = [
                registered(f"member{n}", AccountKind.FREELANCER, BOOKS[n % len(BOOKS)])
                for n in range(8)
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
        acts = (
            *(self.buy, self.buy, self.spend, self.spend, self.spend, self.give_back),
            *(self.subscribe, self.earn, self.withdraw, self.go_back, self.mismatch),
            *(self.void, self.write_off),
        )
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
            refund.win_back(row)
        elif row.provider != "earnings" and self.random.random() < 0.5:
            refund.charge_back(row)
        else:
            refund.refund_payment(row, None, "a whim")

    def mismatch(self, member: Account) -> None:
        """A payment comes that is a cent too much."""
        row = purchases.create_order(member, 10, f"m{self.count}", None, self.now)
        if isinstance(row, Purchase):
            answer = Paid(f"odd{self.count}", Money(row.total_cents + 1, row.currency), fee=0)
            settle_payment(row, answer, deliver_purchase, self.now)

    def void(self, member: Account) -> None:
        lots = journal().wallet(member.pk).lots
        if lots:
            lot = self.random.choice(lots)
            credits = self.random.randint(1, lot.credits)
            command = Void(**self._frame(member, "void"), lot=lot.number, credits=credits)
            journal().post_one(command, self.now)

    def write_off(self, member: Account) -> None:
        command = WriteOff(**self._frame(member, "write-off"), credits=self.random.randint(1, 3))
        journal().post_one(command, self.now)

    def _frame(self, member: Account, what: str) -> dict[str, Any]:
        return {
            "wallet": member.pk,
            "key": f"{what}{self.count}",
            "reference": f'{what}:"{self.count}\\',
            "rule_book": rule_book_of(member, self.now).label,
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
    months = [date(2019, month, 1) for month in range(5, 13)]
    for closed in close_months(months):
        for rolled in (closed.deferred, closed.connects):
            assert rolled.opening + sum(rolled.changes.values()) == rolled.closing


def test_a_sale_is_owed_until_it_is_used_and_what_expires_is_breakage(tmp_path: Path) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        assert isinstance(purchases.order(ana, 10, "k"), Purchase)
        frame: dict[str, Any] = {
            "wallet": ana.pk,
            "rule_book": "upwork-2019-05@2",
            "effective": NOON,
        }
        # The newcomer's twenty last as long, and were there first.
        for n in range(2):
            spend = Spend(**frame, key=f"s{n}", reference="proposal:1", credits=12)
            journal().post_one(spend, NOON)
    later = NOON + timedelta(days=370)
    run(later)

    off = exported(tmp_path / "all", later)
    (may, next_may) = close_months([date(2019, 5, 1), date(2020, 5, 1)])

    assert off == {}
    assert may.deferred == RollForward(0, {"purchase": 150, "spend": -60}, 90)
    assert may.income == {"Income:Connects:Used": 60}
    assert may.promotions == 20
    assert (next_may.breakage, next_may.deferred.closing) == (90, 0)


def test_what_was_bought_elsewhere_before_opens_the_books(tmp_path: Path) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        brought = Issue(
            wallet=ana.pk,
            key="import:1",
            reference="import:1",
            rule_book=rule_book_of(ana, NOON).label,
            effective=NOON,
            kind=LotKind.PURCHASE,
            credits=50,
            cost_cents=7_50,
            expires=NOON + timedelta(days=200),
        )
        journal().post_one(brought, NOON)

    assert exported(tmp_path / "books.beancount", NOON) == {}
    assert "Equity:Opening  7.50 USD" in (tmp_path / "books.beancount").read_text()


def test_a_period_begins_with_what_stood_before_and_leaves_out_what_comes_after(
    tmp_path: Path,
) -> None:
    place = Marketplace(3)
    for _ in range(60):
        place.happen()
    half = NOON.date() + (place.now.date() - NOON.date()) / 2

    assert exported(tmp_path / "second", place.now, half) == {}
    first, second, whole = io.StringIO(), io.StringIO(), io.StringIO()
    write_csv(first, None, half, place.now.date())
    write_csv(second, half, None, place.now.date())
    write_csv(whole, None, None, place.now.date())
    lines = [part.getvalue().splitlines() for part in (first, second, whole)]
    moved = [line for line in lines[1] if "opening balances" not in line]
    assert sorted({*lines[0]} | {*moved}) == sorted({*lines[2]})


@pytest.mark.django_db(transaction=True)
def test_the_command_writes_books_and_closes_a_month(tmp_path: Path) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        purchases.order(ana, 10, "k")
    out = tmp_path / "books.beancount"

    written = CliRunner().invoke(main, ["books", "--out", str(out)])
    closed = CliRunner().invoke(main, ["books", "close", "2019-05"])
    reconciled = CliRunner().invoke(main, ["books", "reconcile"])
    backwards = CliRunner().invoke(main, ["books", "--from", "2020-01-01", "--to", "2019-01-01"])

    assert (written.exit_code, closed.exit_code, reconciled.exit_code) == (0, 0, 0)
    assert loader.load_file(str(out))[1] == []
    assert "bought" in closed.output
    assert "0 differences" in reconciled.output
    assert backwards.exit_code == 2


def test_what_is_wrong_in_rows_shows_as_a_difference(tmp_path: Path) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        bought = purchases.order(ana, 10, "k")
    assert isinstance(bought, Purchase)
    Purchase.objects.filter(pk=bought.pk).update(price_cents=151, received_cents=151)

    with (tmp_path / "books").open("w") as out:
        off = write_beancount(out, None, None, NOON.date())
    errors = loader.load_file(str(tmp_path / "books"))[1]

    assert off == {("Assets:Cash:Test", "USD"): -1}
    assert len(errors) == 1


def exported(path: Path, now: datetime, first: date | None = None) -> dict[tuple[str, str], int]:
    with path.open("w") as out:
        off = write_beancount(out, first, None, now.date())
    _, errors, _ = loader.load_file(str(path))
    assert errors == [], [error.message for error in errors[:5]]
    return off
