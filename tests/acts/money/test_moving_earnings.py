"""Earnings: each movement once, never below nothing, and what is kept back stays."""

from datetime import timedelta

import pytest

from connects.acts.money.move_earnings import credit, keep_back, pay_from_earnings, withdraw
from connects.acts.money.withdraw_earnings import do_due, next_due, set_schedule
from connects.billing.port import Charge, DeclineCause, Declined, Paid, Payer
from connects.bootstrap.clock import held_at
from connects.market.earnings.models import EarningsBalance, EarningsMovement
from connects.market.earnings.selectors import earnings_of
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account
from connects.vocabulary.amounts import LARGEST_CENTS, Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def earned(account: Account, cents: int, key: str = "contract:1") -> EarningsBalance | Refused:
    with held_at(NOON):
        return credit(account, cents, key)


def charge(cents: int, key: str = "c1", currency: str = "USD") -> Charge:
    payer = Payer("account:1", "ana@test.example", "Ana")
    return Charge(key, "purchase:1", Money(cents, currency), "10 Connects", payer)


def movements(account: Account) -> list[tuple[str, int, int]]:
    rows = EarningsMovement.objects.filter(account=account).order_by("id")
    return [(row.what, row.cents, row.balance_cents) for row in rows]


def test_money_arrives_once_for_each_key(ana: Account) -> None:
    for _ in range(2):
        earned(ana, 420_00)
    earned(ana, 80_00, "contract:2")

    assert earnings_of(ana).cents == 500_00
    assert movements(ana) == [("earned", 420_00, 420_00), ("earned", 80_00, 500_00)]


@pytest.mark.parametrize("cents", [0, -1, LARGEST_CENTS + 1])
def test_nothing_and_less_and_more_than_money_can_be_do_not_arrive(
    ana: Account, cents: int
) -> None:
    assert isinstance(earned(ana, cents), Refused)
    assert movements(ana) == []


def test_clients_earn_nothing() -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT)

    assert isinstance(earned(acme, 1), Refused)


def test_a_withdrawal_leaves_what_is_kept_back(ana: Account) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        keep_back(ana, 20_00)
        withdraw(ana, "w1")

    assert movements(ana)[-1] == ("withdrawn", -80_00, 20_00)


@pytest.mark.parametrize("cents", [-1, 20_01, 10**12])
def test_no_more_is_kept_back_than_the_rules_allow(ana: Account, cents: int) -> None:
    with held_at(NOON):
        assert isinstance(keep_back(ana, cents), Refused)
    assert earnings_of(ana).kept_back_cents == 0


@pytest.mark.parametrize(("cents", "left"), [(30_00, 70_00), (0, 100_00), (100_00, 0)])
def test_a_part_may_be_withdrawn(ana: Account, cents: int, left: int) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        withdraw(ana, "w1", cents)

    assert earnings_of(ana).cents == left


@pytest.mark.parametrize("cents", [-1, 100_01])
def test_more_than_may_leave_is_refused(ana: Account, cents: int) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        assert isinstance(withdraw(ana, "w1", cents), Refused)

    assert earnings_of(ana).cents == 100_00


def test_a_charge_is_paid_whole_and_once(ana: Account) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        first = pay_from_earnings(ana.pk, charge(60_00))
        again = pay_from_earnings(ana.pk, charge(60_00))

    assert isinstance(first, Paid)
    assert first == again
    assert first.fee == 0
    assert earnings_of(ana).cents == 40_00


@pytest.mark.parametrize(
    ("cents", "currency", "cause"),
    [(100_01, "USD", DeclineCause.EARNINGS_TOO_LOW), (1, "EUR", DeclineCause.OTHER_CURRENCY)],
)
def test_what_they_do_not_cover_is_declined_and_nothing_moves(
    ana: Account, cents: int, currency: str, cause: DeclineCause
) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        answer = pay_from_earnings(ana.pk, charge(cents, currency=currency))

    assert isinstance(answer, Declined)
    assert answer.cause is cause
    assert earnings_of(ana).cents == 100_00


def test_what_falls_due_is_paid_out_and_told(ana: Account) -> None:
    earned(ana, 100_00)
    with held_at(NOON):
        set_schedule(ana, "weekly")
    week = NOON + timedelta(days=7)
    due = next_due(week)
    assert due is not None
    do_due(due, due)

    assert earnings_of(ana).cents == 0
    told = OutboxEvent.objects.get(code="earnings-withdrawn")
    assert (told.parameters["cents"], told.parameters["currency"]) == (100_00, "USD")
    after = next_due(due + timedelta(days=7))
    assert after is not None
    assert after > due


def test_a_schedule_that_there_is_not_is_refused_and_never_means_never(ana: Account) -> None:
    with held_at(NOON):
        assert isinstance(set_schedule(ana, "hourly"), Refused)
        set_schedule(ana, "never")

    assert next_due(NOON + timedelta(days=400)) is None
